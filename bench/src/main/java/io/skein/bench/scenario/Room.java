package io.skein.bench.scenario;

import io.skein.bench.LoadException;
import io.skein.bench.load.Bodies;
import io.skein.bench.load.Crowd;
import io.skein.bench.load.Groups;
import io.skein.bench.load.Phases;
import io.skein.bench.load.Stage;
import io.skein.bench.measure.Meter;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Figure.Better;
import io.skein.bench.report.Run;
import io.skein.protocol.v1.Conversation;
import java.time.Duration;
import java.util.List;

/** A live room: signals, which nobody keeps, into a group or channel of connected members. */
public final class Room implements Scenario {
  private static final Figure ARRIVED =
      new Figure("rates", "of all deliveries, made", "%", Better.HIGHER);
  private static final Figure SKIPPED = Figure.check("not sent, for want of answers");
  private static final Duration TO_ARRIVE = Duration.ofSeconds(3);

  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;
  private String conversationId;

  /**
   * What to do.
   *
   * @param perSecond signals of all senders together
   * @param senders the first so many members
   * @param bytes of a signal's data
   */
  public record Plan(boolean channel, int members, int senders, int perSecond, int bytes) {
    public Plan {
      Checks.within("members", members, 2, 100_000);
      Checks.within("senders", senders, 1, members);
      Checks.within("rate", perSecond, 1, 1_000_000);
      Checks.within("bytes", bytes, Bodies.SHORTEST, 4096);
    }
  }

  public Room(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(plan.members);
  }

  @Override
  public void play(Run run) {
    Meter meter = new Meter();
    Signals signals = new Signals(meter);
    try (Crowd crowd = new Crowd(stage, signals)) {
      crowd.connect(people);
      if (conversationId == null) {
        Conversation.Kind kind = plan.channel ? Conversation.Kind.CHANNEL : Conversation.Kind.GROUP;
        conversationId = new Groups(stage).create(kind, crowd.get(0), people);
      }
      Signals.Load load =
          signals.load(
              stage,
              crowd.sessions().subList(0, plan.senders),
              conversationId,
              plan.perSecond,
              new Bodies(plan.bytes));
      new Phases(stage).play(load, meter, run, signals.sent(), signals.deliveries());
      long expected = signals.accepted() * (plan.members - 1L);
      stage.loop().drive(() -> signals.received() >= expected, TO_ARRIVE);
      if (expected == 0) {
        throw new LoadException("no signal was accepted");
      }
      run.add(ARRIVED, 100.0 * signals.received() / expected);
      run.add(SKIPPED, signals.skipped());
    }
  }
}
