package io.skein.notify;

import io.skein.notify.queue.QueueConfig;
import java.time.Duration;

/**
 * Settings of the notify service. Every number has a bound, so that no setting means "unlimited".
 *
 * @param provider where notifications go
 * @param queue the durable queue
 * @param backoff how often and when a notification is tried again
 * @param grace how long a user without a reachable device has to come back and read
 * @param maxAge a hint that is older is not worth sending
 * @param maxInFlight hints that one instance works on at the same time
 * @param lease how long one instance keeps others from sending the same; longer than any provider
 *     takes
 * @param upkeep pause between two looks for due and orphaned hints
 * @param preview whether the beginning of a text leaves this system
 */
public record NotifyConfig(
    ProviderConfig provider,
    QueueConfig queue,
    Backoff backoff,
    Duration grace,
    Duration maxAge,
    int maxInFlight,
    Duration lease,
    Duration upkeep,
    boolean preview) {

  /** Checks what a wrong configuration file could break. */
  public NotifyConfig {
    require(!grace.isNegative(), "grace must not be negative");
    require(maxAge.compareTo(grace) > 0, "maxAge must be above grace");
    require(maxInFlight >= 1 && maxInFlight <= 10_000, "maxInFlight must be 1 to 10,000");
    require(lease.compareTo(provider.timeout()) > 0, "lease must be above the provider's time-out");
    require(
        queue.orphanedAfter().compareTo(lease) > 0, "queue.orphanedAfter must be above the lease");
    require(upkeep.toMillis() >= 1, "upkeep must be at least 1 ms");
  }

  /** What suits most; tells the log instead of anybody's device. */
  public static NotifyConfig defaults() {
    return new NotifyConfig(
        new ProviderConfig.Console(),
        QueueConfig.defaults(),
        new Backoff(8, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        Duration.ofSeconds(2),
        Duration.ofHours(24),
        256,
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        false);
  }

  /** The same with another provider. */
  public NotifyConfig withProvider(ProviderConfig other) {
    return new NotifyConfig(
        other, queue, backoff, grace, maxAge, maxInFlight, lease, upkeep, preview);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
