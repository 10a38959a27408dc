package io.skein.bench.load;

import io.skein.bench.LoadException;
import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Probe;
import io.skein.bench.report.Run;
import java.time.Duration;
import java.util.List;

/** A run: warm-up, the window that counts, and then waiting until nothing is under way. */
public final class Phases {
  private static final Duration TO_QUIET = Duration.ofSeconds(60);

  private final Stage stage;

  public Phases(Stage stage) {
    this.stage = stage;
  }

  /**
   * Plays a load and notes what it has cost.
   *
   * @param pers what the cost is divided by; asked for after the window
   * @throws LoadException if it does not become quiet
   */
  public void play(Load load, Meter meter, Run run, Costs.Per... pers) {
    load.start();
    stage.loop().drive(stage.warmUp());
    Probe before = Probe.now(stage.proc(), stage.parties());
    meter.begin(System.nanoTime());
    stage.loop().drive(stage.measured());
    meter.end(System.nanoTime());
    Probe.Cost cost = Probe.now(stage.proc(), stage.parties()).since(before);
    load.stop();
    stage.loop().await("the answers to what was sent", load::isQuiet, TO_QUIET);
    run.add(meter);
    Costs.add(cost, List.of(pers), run);
    Costs.addMemory(stage, run);
  }
}
