package io.skein.session.directory;

import io.skein.protocol.internal.v1.PushCounter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers pushes and remembers whose number changed, for the gateways that ask. Each change is told
 * twice in a row, as an answer may be lost.
 */
final class PushCounters {
  private final Map<String, Map<String, LiveSession>> changed = new HashMap<>();
  private final Map<String, Map<String, LiveSession>> told = new HashMap<>();

  /** The number of the next push to this session; 0: not counted. */
  int next(LiveSession session) {
    int number = session.nextPush();
    if (number != 0) {
      changed
          .computeIfAbsent(session.record().gateway(), gateway -> new LinkedHashMap<>())
          .put(session.record().sessionId(), session);
    }
    return number;
  }

  /** The last numbers of the gateway's sessions that changed since it asked last but one. */
  List<PushCounter> take(String gateway) {
    Map<String, LiveSession> now = changed.remove(gateway);
    Map<String, LiveSession> before = now == null ? told.remove(gateway) : told.put(gateway, now);
    Map<String, LiveSession> both = new LinkedHashMap<>();
    if (before != null) {
      both.putAll(before);
    }
    if (now != null) {
      both.putAll(now);
    }
    return both.values().stream().map(PushCounters::counter).toList();
  }

  /** Forgets gateways that are not coming back. */
  void retain(Set<String> gateways) {
    changed.keySet().retainAll(gateways);
    told.keySet().retainAll(gateways);
  }

  private static PushCounter counter(LiveSession session) {
    return PushCounter.newBuilder()
        .setConnection(session.record().connection())
        .setSessionId(session.record().sessionId())
        .setLastPush(session.lastPush())
        .build();
  }
}
