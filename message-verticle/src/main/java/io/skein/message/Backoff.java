package io.skein.message;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param attempts in all, the first one included
 * @param first the wait before the second attempt; each further one is twice as long
 * @param longest no wait is longer
 */
public record Backoff(int attempts, Duration first, Duration longest) {
  /** Checks that it ever ends, and does not spin. */
  public Backoff {
    if (attempts < 1 || !first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("attempts and waits must be positive and ascending");
    }
  }

  boolean allows(int attempt) {
    return attempt <= attempts;
  }

  /**
   * Milliseconds to wait after this attempt, counted from 1: half of it sure, half of it random.
   */
  long delayMs(int attempt, RandomGenerator random) {
    long full = Math.min(first.toMillis() << Math.min(attempt - 1, 20), longest.toMillis());
    return Math.max(1, full / 2 + random.nextLong(full / 2 + 1));
  }
}
