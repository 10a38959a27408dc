package io.skein.presence;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ends the sessions, and their watches, of gateways whose node has been missing for a while by our
 * own monotonic clock. All instances do it; the store makes that harmless.
 */
final class GoneNodes {
  private final PresenceStore store;
  private final WatchStore watches;
  private final Announcer announcer;
  private final Supplier<Set<String>> alive;
  private final PresenceConfig config;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<String, Long> missingSince = new HashMap<>();

  GoneNodes(
      PresenceStore store,
      WatchStore watches,
      Announcer announcer,
      Supplier<Set<String>> alive,
      PresenceConfig config,
      Clock clock,
      LongSupplier nanoTime) {
    this.store = store;
    this.watches = watches;
    this.announcer = announcer;
    this.alive = alive;
    this.config = config;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** One look at all boots; called every few seconds. */
  Future<Void> sweep() {
    return store.boots().compose(this::sweep);
  }

  private Future<Void> sweep(Set<String> boots) {
    long now = nanoTime.getAsLong();
    Set<String> here = alive.get();
    missingSince.keySet().removeIf(boot -> here.contains(boot) || !boots.contains(boot));
    List<Future<Void>> ends = new ArrayList<>();
    for (String boot : boots) {
      if (here.contains(boot)) {
        continue;
      }
      long since = missingSince.computeIfAbsent(boot, first -> now);
      if (now - since >= config.goneAfter().toNanos()) {
        ends.add(end(boot));
      }
    }
    return Future.join(ends).mapEmpty();
  }

  private Future<Void> end(String boot) {
    return store
        .endBoot(boot, clock.millis())
        .onSuccess(ended -> ended.users().forEach(announcer::changed))
        .compose(ended -> Future.join(ended.sessions().stream().map(watches::unwatchAll).toList()))
        .mapEmpty();
  }
}
