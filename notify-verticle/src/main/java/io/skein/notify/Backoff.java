package io.skein.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param attempts in all, the first one included
 * @param first the wait before the second attempt; each further one is twice as long
 * @param longest no wait is longer, whatever the other side asks for
 */
public record Backoff(int attempts, Duration first, Duration longest) {
  /** Checks that it ever ends, and does not spin. */
  public Backoff {
    if (attempts < 1 || first.toMillis() < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("attempts and waits must be positive and ascending");
    }
  }

  /** After this many attempts in vain, whether another one may follow. */
  boolean allowsAfter(int failed) {
    return failed < attempts;
  }

  /** The wait after this many attempts in vain: half of it sure, half of it random. */
  Duration after(int failed, RandomGenerator random) {
    long full = Math.min(first.toMillis() << Math.min(failed - 1, 20), longest.toMillis());
    return Duration.ofMillis(Math.max(1, full / 2 + random.nextLong(full / 2 + 1)));
  }

  /** What the other side asks for, within our bounds. */
  Duration bounded(Duration asked) {
    return asked.compareTo(longest) > 0 ? longest : asked;
  }
}
