package io.skein.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for what other processes do, and says so when it takes long. */
final class Waiting {
  private static final long POLL_MILLIS = 10;
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Waiting() {}

  /**
   * Polls until the condition holds.
   *
   * @param activity what is going on, for the line that appears every five seconds
   * @return false if the limit passed first
   */
  static boolean until(
      BooleanSupplier condition, Duration limit, String activity, Consumer<String> progress) {
    long start = System.nanoTime();
    long reported = start;
    while (!condition.getAsBoolean()) {
      long now = System.nanoTime();
      if (now - start > limit.toNanos()) {
        return false;
      }
      if (now - reported > REPORT_NANOS) {
        reported = now;
        progress.accept(activity + " (" + TimeUnit.NANOSECONDS.toSeconds(now - start) + " s)");
      }
      uninterrupted(
          () -> {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return null;
          });
    }
    return true;
  }

  /** The result of a blocking call; an interruption of the thread ends the wait with an error. */
  static <T> T uninterrupted(Callable<T> call) {
    try {
      return call.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another process", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
