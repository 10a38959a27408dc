package io.skein.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a uniform wait below a doubling bound, so that clients that
 * were cut off together come back spread out (M. Brooker, "Exponential Backoff And Jitter", 2015).
 *
 * @param first bound of the first wait
 * @param longest bound of any wait
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * A wait.
   *
   * @param attempt 1 after the first failure
   */
  Duration delay(int attempt) {
    int doublings = Math.min(Math.max(attempt - 1, 0), MAX_DOUBLINGS);
    long bound = Math.min(longest.toNanos(), first.toNanos() << doublings);
    return upTo(Duration.ofNanos(bound));
  }

  /** A uniform wait from zero to {@code bound}. */
  Duration upTo(Duration bound) {
    return bound.isZero() ? bound : Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
  }
}
