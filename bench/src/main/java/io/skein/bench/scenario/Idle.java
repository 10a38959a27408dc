package io.skein.bench.scenario;

import io.skein.bench.load.Costs;
import io.skein.bench.load.Crowd;
import io.skein.bench.load.Stage;
import io.skein.bench.measure.HeapCollection;
import io.skein.bench.measure.Party;
import io.skein.bench.measure.Probe;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Figure.Better;
import io.skein.bench.report.Run;
import io.skein.bench.wire.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Connections that do nothing but stay. Each run adds as many to those of the runs before, so that
 * memory which the server got for earlier ones and keeps is not taken for free.
 */
public final class Idle implements Scenario {
  private static final Figure OPEN = new Figure("rates", "open", "", Better.NONE);
  private static final Figure SPEED =
      new Figure("rates", "connected, meanwhile", "/s", Better.NONE);
  private static final Duration TO_SETTLE = Duration.ofMillis(500);
  private static final int MOST_COLLECTIONS = 5;
  private static final double SETTLED = 0.995;

  private final Stage stage;
  private final int each;
  private final List<BenchUser> people = new ArrayList<>();
  private Crowd crowd;

  /** {@code each}: connections that a run adds. */
  public Idle(Stage stage, int each) {
    Checks.within("connections", each, 1, 1_000_000);
    this.stage = stage;
    this.each = each;
  }

  @Override
  public void prepare() {
    crowd = new Crowd(stage, new Session.Pushes() {});
  }

  @Override
  public void play(Run run) throws InterruptedException {
    people.addAll(
        stage.accounts().users(crowd.size() + each).subList(crowd.size(), crowd.size() + each));
    settle(run);
    OptionalDouble server = rss(stage.parties().server());
    OptionalDouble heap = HeapCollection.usedKib(stage.parties().server());
    OptionalDouble redis = rss(stage.parties().redis());
    long began = System.nanoTime();
    crowd.connect(people);
    people.clear();
    double seconds = (System.nanoTime() - began) / 1e9;
    settle(run);
    perConnection("server, resident", server, rss(stage.parties().server()), run);
    perConnection(
        "server, of its heap", heap, HeapCollection.usedKib(stage.parties().server()), run);
    perConnection("redis, resident", redis, rss(stage.parties().redis()), run);
    Probe before = Probe.now(stage.proc(), stage.parties());
    stage.loop().drive(stage.measured());
    Costs.add(Probe.now(stage.proc(), stage.parties()).since(before), List.of(), run);
    Costs.addMemory(stage, run);
    run.add(OPEN, crowd.size());
    run.add(SPEED, each / seconds);
  }

  /** Lets the server collect its garbage until it gives no more memory back. */
  private void settle(Run run) {
    Party server = stage.parties().server();
    double before = Double.MAX_VALUE;
    for (int i = 0; i < MOST_COLLECTIONS; i++) {
      stage.loop().drive(TO_SETTLE);
      if (!HeapCollection.ask(server)) {
        run.note("the server's heap was not collected before it was looked at: out of reach");
        return;
      }
      double now = rss(server).orElse(0);
      if (now > SETTLED * before) {
        return;
      }
      before = now;
    }
  }

  private OptionalDouble rss(Party party) {
    return party.rssKib(stage.proc());
  }

  private void perConnection(String name, OptionalDouble before, OptionalDouble after, Run run) {
    run.add(
        new Figure("memory", name + ", per connection", "KiB", Better.LOWER),
        before.isPresent() && after.isPresent()
            ? OptionalDouble.of((after.getAsDouble() - before.getAsDouble()) / each)
            : OptionalDouble.empty());
  }

  @Override
  public void close() {
    if (crowd != null) {
      crowd.close();
    }
  }
}
