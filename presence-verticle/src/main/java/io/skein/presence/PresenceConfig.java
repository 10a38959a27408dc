package io.skein.presence;

import java.time.Duration;

/**
 * How calm presence is.
 *
 * @param offlineDelay a user who is back within it was never away
 * @param minInterval at most one update of a user within it
 * @param goneAfter how long a gateway's node must be missing before its sessions count as ended
 * @param maxWatched users that one session may watch
 */
public record PresenceConfig(
    Duration offlineDelay, Duration minInterval, Duration goneAfter, int maxWatched) {
  public static final PresenceConfig DEFAULTS =
      new PresenceConfig(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(10), 500);

  public PresenceConfig {
    if (offlineDelay.isNegative() || minInterval.isNegative() || goneAfter.isNegative()) {
      throw new IllegalArgumentException("presence times are not negative");
    }
    if (maxWatched < 1) {
      throw new IllegalArgumentException("a session watches at least one user");
    }
  }
}
