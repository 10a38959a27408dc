package io.skein.bench.scenario;

import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.util.Optional;

/** A load that can be played several times. */
public interface Scenario extends AutoCloseable {

  /** Gets what is needed, once, before anything is measured. */
  void prepare() throws InterruptedException;

  /** Plays it once and adds what it has shown. */
  void play(Run run) throws InterruptedException;

  /** What to compare with the limits of the machine, if that makes sense. */
  default Optional<Figure> comparable() {
    return Optional.empty();
  }

  /** Frees what was kept between runs. */
  @Override
  default void close() {}
}
