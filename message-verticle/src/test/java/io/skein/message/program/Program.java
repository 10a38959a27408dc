package io.skein.message.program;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.Shrinkable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What some users do, one step after the other.
 *
 * @param seed what it was made from
 */
public record Program(long seed, Shrinkable<List<Step>> steps) {
  private static final int SHORTENINGS = 400;
  private static final int GENERATION_SIZE = 1000;

  /** Each run has users of its own, so that one database serves many. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** The program that a number stands for. */
  public static Program of(long seed) {
    return new Program(seed, Programs.programs().generator(GENERATION_SIZE).next(new Random(seed)));
  }

  /**
   * Runs it; if it fails, looks for a shorter one that fails as well.
   *
   * @throws AssertionError names the seed, the shortest program found and what it showed
   */
  public void run(Service service) {
    Optional<Throwable> failure = failure(service, steps, Run.PATIENCE);
    if (failure.isPresent()) {
      throw shortest(service, failure.get());
    }
  }

  /** Whether the service does something else than the model. */
  public boolean fails(Service service) {
    return failure(service, steps, Run.IMPATIENCE).isPresent();
  }

  private static Optional<Throwable> failure(
      Service service, Shrinkable<List<Step>> steps, Duration patience) {
    try {
      Run.of(service, "u" + RUNS.incrementAndGet(), steps.value(), patience);
      return Optional.empty();
    } catch (Run.Difference | ConditionTimeoutException difference) {
      return Optional.of(difference);
    }
  }

  private AssertionError shortest(Service service, Throwable first) {
    Shrinkable<List<Step>> best = steps;
    Throwable why = first;
    int left = SHORTENINGS;
    boolean shorter = true;
    while (shorter && left > 0) {
      shorter = false;
      for (Shrinkable<List<Step>> next : best.shrink().limit(left).toList()) {
        left--;
        Optional<Throwable> failure = failure(service, next, Run.IMPATIENCE);
        if (failure.isPresent()) {
          best = next;
          why = failure.get();
          shorter = true;
          break;
        }
      }
    }
    String program =
        best.value().stream().map(Step::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
    return new AssertionError(
        "-Dskein.property.seed=" + seed + program + "\n" + why.getMessage(), why);
  }
}
