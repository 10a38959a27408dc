package io.skein.gateway.connection;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.skein.gateway.config.ConnectionLimits;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast one client may call: a token bucket of the burst's size, refilled steadily. */
public final class CallRate {
  private final Bucket bucket;

  public CallRate(ConnectionLimits limits, LongSupplier nanoTime) {
    bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(limits.callBurst())
                        .refillGreedy(limits.callsPerSecond(), Duration.ofSeconds(1)))
            .withCustomTimePrecision(new NanoClock(nanoTime))
            // Used on one event loop only.
            .withSynchronizationStrategy(SynchronizationStrategy.NONE)
            .build();
  }

  /** Takes one call; answers zero, or how long to wait for the next one. */
  public Duration take() {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  private record NanoClock(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
