package io.skein.presence;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/**
 * Changes that an instance took in and did not live to tell. All instances look for them; a change
 * that several find is told more than once at worst.
 */
final class Leftovers {
  /** Beyond the delay that is meant: clocks of two machines differ. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MOST = 500;

  private final PresenceStore store;
  private final Announcer announcer;
  private final Duration meantDelay;
  private final Clock clock;

  Leftovers(PresenceStore store, Announcer announcer, PresenceConfig config, Clock clock) {
    this.store = store;
    this.announcer = announcer;
    this.meantDelay = config.offlineDelay().plus(config.minInterval());
    this.clock = clock;
  }

  /** One look; called every few seconds. */
  Future<Void> sweep() {
    return store
        .unsettledBefore(clock.millis() - meantDelay.plus(PATIENCE).toMillis(), MOST)
        .onSuccess(announcer::overdue)
        .mapEmpty();
  }
}
