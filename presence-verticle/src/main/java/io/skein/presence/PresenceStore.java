package io.skein.presence;

import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Presence;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of users, shared by all instances. Each change of one user is atomic; failures are
 * UNAVAILABLE.
 */
interface PresenceStore {
  /**
   * Takes a change in. Of a device the highest epoch counts, and within an epoch a session only
   * ends: repeats and reordering change nothing.
   *
   * @param nowMs wall clock, for last seen
   * @return the user after it
   */
  Future<Presence> apply(SessionChange change, long nowMs);

  /** The users as they are now, in the order asked; unknown ones are offline and never seen. */
  Future<List<Presence>> read(List<String> userIds);

  /**
   * Those of the users whose watchers were last told something else; nobody was ever told: offline.
   */
  Future<List<Presence>> untold(List<String> userIds);

  /** Their watchers have been told. */
  Future<Void> told(List<Presence> presences);

  /** Boots of gateways that hold, or held, sessions. */
  Future<Set<String>> boots();

  /**
   * Ends all sessions of a boot that is gone. Should it come back, the same sessions may be
   * reported again.
   *
   * @return its users after it
   */
  Future<List<Presence>> endBoot(String bootId, long nowMs);

  /** Adds watched users of a session; answers how many it watches then. */
  Future<Integer> watch(String sessionId, String watcher, Collection<String> userIds);

  Future<Void> unwatch(String sessionId, Collection<String> userIds);

  /** Forgets all that a session watches. */
  Future<Void> unwatchAll(String sessionId);

  /** Whom a session watches. */
  Future<Set<String>> watched(String sessionId);

  /** Who watches a user: session id to the watcher's user id. */
  Future<Map<String, String>> watchers(String userId);
}
