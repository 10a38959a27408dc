package io.skein.bench.scenario;

import io.skein.bench.load.Bodies;
import io.skein.bench.load.ClosedLoop;
import io.skein.bench.load.Load;
import io.skein.bench.load.Scene;
import io.skein.bench.load.Stage;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.util.List;
import java.util.Optional;

/** Pairs of users; one of each writes to the other in a closed loop. */
public final class Chat implements Scenario {
  static final Figure ACKNOWLEDGED = Figure.rate("acknowledged");

  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;

  /**
   * What to do.
   *
   * @param window unanswered messages of each sender, up to 50
   * @param bytes of a text
   */
  public record Plan(int pairs, int window, int bytes) {
    public Plan {
      Checks.within("pairs", pairs, 1, 50_000);
      Checks.within("window", window, 1, 50);
    }
  }

  public Chat(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(2 * plan.pairs);
  }

  @Override
  public void play(Run run) {
    Scene.play(stage, people, new Bodies(plan.bytes), false, this::direct, run);
  }

  private Load direct(Scene scene) {
    ClosedLoop loop = new ClosedLoop();
    for (int pair = 0; pair < plan.pairs; pair++) {
      loop.add(scene.sender(2 * pair), scene.direct(2 * pair, 2 * pair + 1), plan.window);
    }
    return loop;
  }

  @Override
  public Optional<Figure> comparable() {
    return Optional.of(ACKNOWLEDGED);
  }
}
