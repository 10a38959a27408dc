package io.skein.bench.scenario;

import io.skein.bench.load.Bodies;
import io.skein.bench.load.Groups;
import io.skein.bench.load.Load;
import io.skein.bench.load.Scene;
import io.skein.bench.load.Sender;
import io.skein.bench.load.Stage;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.skein.protocol.v1.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an ordinary day is made of, at a steady rate: see {@link Day} for the shares. */
public final class Mixed implements Scenario {
  private final Stage stage;
  private final Plan plan;
  private final List<String> groups = new ArrayList<>();
  private List<BenchUser> people;

  /**
   * What to do.
   *
   * @param perSecond actions of all users together
   * @param groupSize members of each group; every user is in one
   * @param bytes of a text
   */
  public record Plan(int users, int groupSize, int perSecond, int bytes) {
    public Plan {
      Checks.within("users", users, 4, 50_000);
      Checks.within("group-size", groupSize, 2, users);
      Checks.within("rate", perSecond, 1, 1_000_000);
    }
  }

  public Mixed(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(plan.users);
  }

  @Override
  public void play(Run run) {
    Scene.play(stage, people, new Bodies(plan.bytes), true, this::direct, run);
  }

  private Load direct(Scene scene) {
    List<Sender.Destination> places = new ArrayList<>();
    for (int first = 0; first < plan.users; first += plan.groupSize) {
      int end = Math.min(first + plan.groupSize, plan.users);
      if (groups.size() == places.size()) {
        groups.add(
            new Groups(stage)
                .create(
                    Conversation.Kind.GROUP, scene.crowd().get(first), people.subList(first, end)));
      }
      places.add(scene.group(groups.get(places.size()), first, end - first));
    }
    return new Day(scene, places, plan.groupSize, plan.perSecond);
  }

  @Override
  public Optional<Figure> comparable() {
    return Optional.of(Chat.ACKNOWLEDGED);
  }
}
