package io.skein.bench.scenario;

import io.skein.bench.load.Bodies;
import io.skein.bench.load.Costs;
import io.skein.bench.load.Crowd;
import io.skein.bench.load.Ledger;
import io.skein.bench.load.Sender;
import io.skein.bench.load.Stage;
import io.skein.bench.load.Traffic;
import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.skein.bench.wire.Session;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.v1.Target;
import java.time.Duration;
import java.util.List;

/** A user misses entries of some conversations, comes back, and reads them all; over and over. */
public final class Sync implements Scenario {
  private static final Figure TIMES = Figure.check("times");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int BODY = 200;
  private static final int FEWEST = 3;
  private static final int LEFT_FREE = 32;

  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;
  private CatchUp device;

  /**
   * What to do.
   *
   * @param missed entries, of all conversations together
   */
  public record Plan(int missed, int conversations) {
    public Plan {
      Checks.within("conversations", conversations, 1, 500);
      Checks.within("missed", missed, conversations, 1_000_000);
    }
  }

  public Sync(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(plan.conversations + 1);
    device = new CatchUp(stage, people.getFirst());
    // What was there before the first run is not to be measured.
    device.run();
  }

  @Override
  public void play(Run run) {
    Meter meter = new Meter();
    Series connect = meter.closed("connect");
    Series list = meter.closed("connect to list of changes");
    Series all = meter.closed("connect to last entry");
    try (Crowd crowd = new Crowd(stage, Traffic.closed(new Meter()))) {
      crowd.connect(people.subList(1, people.size()));
      List<Writer> writers = crowd.sessions().stream().map(this::writer).toList();
      long end = System.nanoTime() + stage.warmUp().toNanos();
      do {
        once(writers, run);
      } while (System.nanoTime() - end < 0);
      end = System.nanoTime() + stage.measured().toNanos();
      meter.begin(System.nanoTime());
      for (int times = 0; times < FEWEST || System.nanoTime() - end < 0; times++) {
        CatchUp.Result result = once(writers, run);
        connect.record(result.began(), result.connected());
        list.record(result.began(), result.listed());
        all.record(result.began(), result.ended());
      }
      meter.end(System.nanoTime());
    }
    run.addLatencies(connect);
    run.addLatencies(list);
    run.addLatencies(all);
    run.add(TIMES, all.latencies());
    Costs.addMemory(stage, run);
  }

  private record Writer(Sender sender, Sender.Destination to) {}

  private Writer writer(Session session) {
    String reader = people.getFirst().id();
    String id = ConversationIds.direct(session.user().id(), reader).toString();
    return new Writer(
        new Sender(stage.loop(), session, new Bodies(BODY), Traffic.closed(new Meter())),
        new Sender.Destination(
            Target.newBuilder().setUserId(reader).build(), new Ledger(id, session, 0)));
  }

  private CatchUp.Result once(List<Writer> writers, Run run) {
    for (int i = 0; i < plan.missed; i++) {
      Writer next = writers.get(i % writers.size());
      Session session = next.sender.session();
      stage.loop().await("sending", () -> session.room() > LEFT_FREE, PATIENCE);
      next.sender.send(next.to, System.nanoTime());
    }
    stage
        .loop()
        .await("sending", () -> writers.stream().allMatch(next -> next.sender.isIdle()), PATIENCE);
    CatchUp.Result result = device.run();
    if (result.entries() != plan.missed) {
      run.fault("of " + plan.missed + " missed entries " + result.entries() + " were read");
    }
    return result;
  }
}
