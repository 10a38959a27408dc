package io.skein.session.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What this instance remembers of the users that hash to it. A user is here with all of their
 * sessions or not at all; that somebody is offline is remembered too, for a while and for a bounded
 * number of users.
 */
final class DirectoryMemory {
  private static final int MAX_OFFLINE = 200_000;
  private static final Duration OFFLINE_TTL = Duration.ofMinutes(1);

  private final Map<String, Map<String, LiveSession>> online = new HashMap<>();
  private final Map<String, Map<String, LiveSession>> byGateway = new HashMap<>();
  private final Cache<String, Boolean> offline;
  private final LongSupplier nanos;
  private volatile int size;

  DirectoryMemory(LongSupplier nanos) {
    this.nanos = nanos;
    this.offline =
        Caffeine.newBuilder()
            .maximumSize(MAX_OFFLINE)
            .expireAfterWrite(OFFLINE_TTL)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The user's sessions; empty: not known here. */
  Optional<Collection<LiveSession>> find(String userId) {
    Map<String, LiveSession> sessions = online.get(userId);
    if (sessions != null) {
      return Optional.of(sessions.values());
    }
    return offline.getIfPresent(userId) == null ? Optional.empty() : Optional.of(List.of());
  }

  Optional<LiveSession> find(DeviceKey device) {
    return Optional.ofNullable(online.get(device.userId()))
        .map(sessions -> sessions.get(device.deviceId()));
  }

  /** These are all of the user's sessions. Counters of those that were here already stay. */
  void put(String userId, List<SessionRecord> sessions) {
    Map<String, LiveSession> before = forget(userId);
    if (sessions.isEmpty()) {
      offline.put(userId, true);
      return;
    }
    Map<String, LiveSession> now = new LinkedHashMap<>();
    for (SessionRecord session : sessions) {
      LiveSession known = before.get(session.deviceId());
      LiveSession live =
          known != null && known.record().isSame(session)
              ? known
              : new LiveSession(session, false, nanos.getAsLong());
      now.put(session.deviceId(), live);
      index(live);
    }
    online.put(userId, now);
  }

  /** A session that was just opened here, beside the user's other ones. */
  void opened(SessionRecord session, List<SessionRecord> kept) {
    put(session.userId(), kept);
    offline.invalidate(session.userId());
    LiveSession live = new LiveSession(session, true, nanos.getAsLong());
    online
        .computeIfAbsent(session.userId(), user -> new LinkedHashMap<>())
        .put(session.deviceId(), live);
    index(live);
  }

  /** The session ended; another one of the device stays. */
  void remove(SessionRecord session) {
    Map<String, LiveSession> sessions = online.get(session.userId());
    LiveSession live = sessions == null ? null : sessions.get(session.deviceId());
    if (live == null || !live.record().isSame(session)) {
      return;
    }
    sessions.remove(session.deviceId());
    unindex(live);
    if (sessions.isEmpty()) {
      online.remove(session.userId());
      offline.put(session.userId(), true);
    }
  }

  /** Forgets a user, who may be anywhere. Answers what was known, by device. */
  Map<String, LiveSession> forget(String userId) {
    offline.invalidate(userId);
    Map<String, LiveSession> sessions = online.remove(userId);
    if (sessions == null) {
      return Map.of();
    }
    sessions.values().forEach(this::unindex);
    return sessions;
  }

  /** Keeps only users whom this accepts. */
  void retain(Predicate<String> accepted) {
    offline.asMap().keySet().removeIf(accepted.negate());
    for (String userId : List.copyOf(online.keySet())) {
      if (!accepted.test(userId)) {
        forget(userId);
      }
    }
  }

  Set<String> gateways() {
    return byGateway.keySet();
  }

  List<LiveSession> ofGateway(String gateway) {
    return new ArrayList<>(byGateway.getOrDefault(gateway, Map.of()).values());
  }

  /** How many sessions are known; from any thread. */
  int size() {
    return size;
  }

  private void index(LiveSession live) {
    byGateway
        .computeIfAbsent(live.record().gateway(), gateway -> new HashMap<>())
        .put(live.record().sessionId(), live);
    size++;
  }

  private void unindex(LiveSession live) {
    byGateway.computeIfPresent(
        live.record().gateway(),
        (gateway, sessions) -> {
          if (sessions.remove(live.record().sessionId(), live)) {
            size--;
          }
          return sessions.isEmpty() ? null : sessions;
        });
  }
}
