package io.skein.presence;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Who watches whom, shared by all instances; failures are UNAVAILABLE. */
interface WatchStore {
  /** Adds watched users of a session; answers how many it watches then. */
  Future<Integer> watch(String sessionId, String watcher, Collection<String> userIds);

  Future<Void> unwatch(String sessionId, Collection<String> userIds);

  /** Forgets all that a session watches. */
  Future<Void> unwatchAll(String sessionId);

  /** Whom a session watches. */
  Future<Set<String>> watched(String sessionId);

  /** Who watches a user: session id to the watcher's user id. */
  Future<Map<String, String>> watchers(String userId);

  /** How many sessions watch somebody. */
  Future<Long> watching();
}
