package io.skein.bench.limits;

import io.skein.bench.LoadException;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeoutException;

/**
 * Measures the limits and compares with them.
 *
 * @param postgres the server's database, {@code postgresql://user:password@host:port/database}
 * @param folder on the disk of the database, if that is known
 * @param each how long each limit is measured
 */
public record Yardstick(Optional<String> postgres, Path folder, Duration each) {
  private static final List<Figure> ALL =
      List.of(EchoLimit.FIGURE, FsyncLimit.FIGURE, InsertLimit.SINGLE, InsertLimit.BATCHED);

  /**
   * Adds what they are now.
   *
   * @throws LoadException if one cannot be measured
   */
  public void measure(Run run) {
    try {
      EchoLimit.measure(each, run);
      FsyncLimit.measure(folder, each, run);
      if (postgres.isPresent()) {
        new InsertLimit(postgres.get()).measure(each, run);
      }
    } catch (IOException | TimeoutException e) {
      throw new LoadException("the limits cannot be measured: " + e.getMessage(), e);
    }
  }

  /** Adds how much of each limit a figure is, of the same run. */
  public static void compare(Figure figure, Run run) {
    OptionalDouble value = run.get(figure);
    for (Figure limit : ALL) {
      OptionalDouble most = run.get(limit);
      if (value.isPresent() && most.isPresent()) {
        run.add(Figure.shareOf(limit), 100 * value.getAsDouble() / most.getAsDouble());
      }
    }
  }
}
