package io.skein.bench.load;

import io.skein.bench.measure.Meter;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Run;
import io.skein.bench.wire.Session;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.v1.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One run with messages: connected people, each of them a sender, and the logs they write to. */
public final class Scene {
  private final Stage stage;
  private final Crowd crowd;
  private final Meter meter;
  private final Traffic traffic;
  private final List<Sender> senders = new ArrayList<>();
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

  private Scene(Stage stage, Crowd crowd, Meter meter, Traffic traffic, Bodies bodies) {
    this.stage = stage;
    this.crowd = crowd;
    this.meter = meter;
    this.traffic = traffic;
    for (Session session : crowd.sessions()) {
      senders.add(new Sender(stage.loop(), session, bodies, traffic));
    }
  }

  /**
   * Connects people, plays what {@code direct} makes of them, and looks whether all is stored.
   *
   * @param open whether latency counts from when a message was due
   */
  public static void play(
      Stage stage,
      List<BenchUser> people,
      Bodies bodies,
      boolean open,
      Function<Scene, Load> direct,
      Run run) {
    Meter meter = new Meter();
    Traffic traffic = open ? Traffic.open(meter) : Traffic.closed(meter);
    try (Crowd crowd = new Crowd(stage, traffic)) {
      crowd.connect(people);
      Scene scene = new Scene(stage, crowd, meter, traffic, bodies);
      Load load = direct.apply(scene);
      Verification verification = new Verification(stage, scene.ledgers.values());
      verification.begin();
      boolean manyHear = scene.ledgers.values().stream().anyMatch(log -> log.audience() > 1);
      Costs.Per[] pers =
          manyHear
              ? new Costs.Per[] {traffic.messages(), traffic.deliveries()}
              : new Costs.Per[] {traffic.messages()};
      new Phases(stage).play(load, meter, run, pers);
      verification.end(traffic, crowd, run);
    }
  }

  public Stage stage() {
    return stage;
  }

  public Meter meter() {
    return meter;
  }

  public Crowd crowd() {
    return crowd;
  }

  public Sender sender(int index) {
    return senders.get(index);
  }

  /** Whether nothing of anybody is under way. */
  public boolean isQuiet() {
    return senders.stream().allMatch(Sender::isIdle);
  }

  /** From one of the crowd to another. */
  public Sender.Destination direct(int from, int to) {
    String self = crowd.get(from).user().id();
    String other = crowd.get(to).user().id();
    String id = ConversationIds.direct(self, other).toString();
    return new Sender.Destination(
        Target.newBuilder().setUserId(other).build(), ledger(id, crowd.get(from), 1));
  }

  /** Into a group with so many members who are connected. */
  public Sender.Destination group(String conversationId, int reader, int online) {
    return new Sender.Destination(
        Target.newBuilder().setConversationId(conversationId).build(),
        ledger(conversationId, crowd.get(reader), online - 1));
  }

  private Ledger ledger(String id, Session reader, int audience) {
    return ledgers.computeIfAbsent(id, first -> new Ledger(id, reader, audience));
  }
}
