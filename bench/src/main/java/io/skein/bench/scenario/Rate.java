package io.skein.bench.scenario;

import io.skein.bench.load.Bodies;
import io.skein.bench.load.Load;
import io.skein.bench.load.Scene;
import io.skein.bench.load.Sender;
import io.skein.bench.load.Stage;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pairs of users; so many messages a second are due, whatever became of those before. */
public final class Rate implements Scenario {
  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;

  /**
   * What to do.
   *
   * @param perSecond messages of all pairs together
   * @param bytes of a text
   */
  public record Plan(int pairs, int perSecond, int bytes) {
    public Plan {
      Checks.within("pairs", pairs, 1, 50_000);
      Checks.within("rate", perSecond, 1, 1_000_000);
    }
  }

  public Rate(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(2 * plan.pairs);
  }

  @Override
  public void play(Run run) {
    Scene.play(stage, people, new Bodies(plan.bytes), true, this::direct, run);
  }

  private Load direct(Scene scene) {
    List<Sender.Destination> receivers = new ArrayList<>();
    for (int pair = 0; pair < plan.pairs; pair++) {
      receivers.add(scene.direct(2 * pair, 2 * pair + 1));
    }
    int[] next = {0};
    return new PacedLoad(
        scene,
        plan.perSecond,
        due -> {
          int pair = next[0]++ % plan.pairs;
          scene.sender(2 * pair).send(receivers.get(pair), due);
        });
  }

  @Override
  public Optional<Figure> comparable() {
    return Optional.of(Chat.ACKNOWLEDGED);
  }
}
