package io.skein.presence;

import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Presence.Status;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Decides when a change is told: coming at once, going only after a delay in which nobody came
 * back, and a user at most once an interval. On one context; time is a monotonic clock in
 * nanoseconds.
 */
final class Announcer {
  /** At once: with ten ticks a second, a storm is told at the pace of some thousand users. */
  static final int MOST_AT_ONCE = 500;

  private final PresenceConfig config;
  private final LongSupplier nanoTime;
  private final Function<Map<String, Status>, Future<Void>> tell;

  /** Whoever was added first is told first. */
  private final Map<String, Due> due = new LinkedHashMap<>();

  private final Map<String, Long> toldNanos = new HashMap<>();

  /**
   * Tells by reading the users again, so that what is told is what is true then; what could not be
   * told stays due.
   *
   * @param tell pushes the present state of users to their watchers; it is given what they changed
   *     to, for whom the time to tell has come: not to tell that somebody has gone before the delay
   */
  Announcer(
      PresenceConfig config,
      LongSupplier nanoTime,
      Function<Map<String, Status>, Future<Void>> tell) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.tell = tell;
  }

  /** A user may have changed. */
  void changed(Presence presence) {
    long now = nanoTime.getAsLong();
    Duration delay = presence.getStatus() == Status.ONLINE ? Duration.ZERO : config.offlineDelay();
    Long told = toldNanos.get(presence.getUserId());
    long earliest = told == null ? now : told + config.minInterval().toNanos();
    due.put(
        presence.getUserId(),
        new Due(Math.max(now + delay.toNanos(), earliest), presence.getStatus()));
  }

  /** Nobody told these changes for too long: whoever meant to is gone. */
  void overdue(List<String> userIds) {
    long now = nanoTime.getAsLong();
    userIds.forEach(user -> due.putIfAbsent(user, new Due(now, Status.OFFLINE)));
  }

  /** Tells what is due; called every fraction of a second. */
  Future<Void> tick() {
    long now = nanoTime.getAsLong();
    toldNanos.values().removeIf(told -> now - told > config.minInterval().toNanos());
    Map<String, Due> taken = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, Due>> all = due.entrySet().iterator();
        taken.size() < MOST_AT_ONCE && all.hasNext(); ) {
      Map.Entry<String, Due> one = all.next();
      if (now - one.getValue().nanos >= 0) {
        taken.put(one.getKey(), one.getValue());
        toldNanos.put(one.getKey(), now);
        all.remove();
      }
    }
    if (taken.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<String, Status> changes = new LinkedHashMap<>();
    taken.forEach((user, change) -> changes.put(user, change.status));
    return tell.apply(changes).onFailure(untold -> taken.forEach(due::putIfAbsent));
  }

  /** When somebody is to be told, and what they changed to. */
  private record Due(long nanos, Status status) {}
}
