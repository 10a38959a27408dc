package io.skein.node.stores;

import io.skein.node.problem.Problem;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Waits until a store answers: at a restart of everything, nodes come up before their database.
 * Blocks the thread that starts the node.
 */
public final class StoreWait {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(3);

  private final Duration limit;
  private final Consumer<String> progress;
  private final LongSupplier nanoClock;
  private final Consumer<Duration> pause;

  /**
   * Waits on the real clock.
   *
   * @param limit after it the start fails
   * @param progress gets a line every few seconds
   */
  public StoreWait(Duration limit, Consumer<String> progress) {
    this(limit, progress, System::nanoTime, time -> LockSupport.parkNanos(time.toNanos()));
  }

  StoreWait(
      Duration limit, Consumer<String> progress, LongSupplier nanoClock, Consumer<Duration> pause) {
    this.limit = limit;
    this.progress = progress;
    this.nanoClock = nanoClock;
    this.pause = pause;
  }

  /**
   * Tries until the probe answers.
   *
   * @param name of the store and where it is, without password
   * @throws Problem when the time is over, with the last failure; one that the probe throws passes
   *     through at once, since waiting does not mend it
   */
  public <T> T until(String name, String remedy, Callable<T> probe) {
    long start = nanoClock.getAsLong();
    Duration nextMessage = Duration.ZERO;
    while (true) {
      Exception failure;
      try {
        return probe.call();
      } catch (Problem final_) {
        throw final_;
      } catch (Exception e) {
        failure = e;
      }
      Duration waited = Duration.ofNanos(nanoClock.getAsLong() - start);
      if (waited.compareTo(limit) >= 0) {
        throw new Problem(
            "%s does not answer after %d s".formatted(name, waited.toSeconds()),
            rootMessage(failure),
            remedy,
            failure);
      }
      if (waited.compareTo(nextMessage) >= 0) {
        nextMessage = waited.plus(BETWEEN_MESSAGES);
        progress.accept(
            "Waiting for %s: %s (%d of %d s)"
                .formatted(name, rootMessage(failure), waited.toSeconds(), limit.toSeconds()));
      }
      pause.accept(PAUSE);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
