package io.skein.bench.scenario;

import io.skein.bench.load.Bodies;
import io.skein.bench.load.ClosedLoop;
import io.skein.bench.load.Groups;
import io.skein.bench.load.Load;
import io.skein.bench.load.Scene;
import io.skein.bench.load.Sender;
import io.skein.bench.load.Stage;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.skein.protocol.v1.Conversation;
import java.util.List;
import java.util.Optional;

/** One group whose members are all connected; some of them write in a closed loop. */
public final class Group implements Scenario {
  private static final int MOST_OF_ONE = 50;

  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;
  private String conversationId;

  /**
   * What to do.
   *
   * @param outstanding messages under way, of all senders together
   * @param bytes of a text
   */
  public record Plan(int members, int outstanding, int bytes) {
    public Plan {
      Checks.within("members", members, 2, 100_000);
      Checks.within("outstanding", outstanding, 1, MOST_OF_ONE * members);
    }
  }

  public Group(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(plan.members);
  }

  @Override
  public void play(Run run) {
    Scene.play(stage, people, new Bodies(plan.bytes), false, this::direct, run);
  }

  private Load direct(Scene scene) {
    if (conversationId == null) {
      conversationId =
          new Groups(stage).create(Conversation.Kind.GROUP, scene.crowd().get(0), people);
    }
    Sender.Destination group = scene.group(conversationId, 0, plan.members);
    ClosedLoop loop = new ClosedLoop();
    int senders = Math.min(plan.members, plan.outstanding);
    for (int i = 0; i < senders; i++) {
      int window = plan.outstanding / senders + (i < plan.outstanding % senders ? 1 : 0);
      loop.add(scene.sender(i), group, window);
    }
    return loop;
  }

  @Override
  public Optional<Figure> comparable() {
    return Optional.of(Chat.ACKNOWLEDGED);
  }
}
