package io.skein.client;

import java.time.Duration;

/**
 * The rate that the server grants, as a token bucket: waiting here is cheaper than being refused
 * there.
 */
final class Pace {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long nanosPerCall;
  private final long burstNanos;

  /** The time at which the bucket would be empty again; behind now by at most the burst. */
  private long spent;

  /** {@code perSecond} 0: no limit. */
  Pace(int perSecond, int burst, long now) {
    this.nanosPerCall = perSecond == 0 ? 0 : SECOND / perSecond;
    this.burstNanos = nanosPerCall * Math.max(burst, 1);
    this.spent = now - burstNanos;
  }

  /** Takes one call out of the bucket, or answers how long to wait for it. */
  Duration take(long now) {
    long level = Math.max(spent, now - burstNanos);
    if (level + nanosPerCall > now) {
      return Duration.ofNanos(level + nanosPerCall - now);
    }
    spent = level + nanosPerCall;
    return Duration.ZERO;
  }
}
