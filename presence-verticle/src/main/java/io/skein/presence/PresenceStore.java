package io.skein.presence;

import io.skein.protocol.internal.v1.SessionChange;
import io.skein.protocol.v1.Presence;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of users, shared by all instances. Each change of one user is atomic; failures are
 * UNAVAILABLE.
 */
interface PresenceStore {
  /**
   * Takes a change in, which is unsettled until it has been told. Of a device the highest epoch
   * counts, and within an epoch a session only ends: repeats and reordering change nothing.
   *
   * @param nowMs wall clock, for last seen
   * @return the user after it
   */
  Future<Presence> apply(SessionChange change, long nowMs);

  /** The users as they are now, in the order asked; unknown ones are offline and never seen. */
  Future<List<Presence>> read(List<String> userIds);

  /**
   * The users as their watchers see them: who went within the delay is online still, so that all
   * who watch see the same. In the order asked.
   */
  Future<List<Presence>> shown(List<String> userIds);

  /**
   * Those of the users whose watchers were last told something else; nobody was ever told: offline.
   */
  Future<List<Presence>> untold(List<String> userIds);

  /**
   * Their watchers are about to be told: before they are looked up, so that whoever begins to watch
   * meanwhile is either among them or shown the same.
   */
  Future<Void> telling(List<Presence> presences);

  /** Their watchers have been told. */
  Future<Void> told(List<Presence> presences);

  /**
   * When those of the users changed whose change is not settled, in milliseconds of the wall clock;
   * no two changes of a user have the same time.
   */
  Future<Map<String, Long>> unsettled(List<String> userIds);

  /** Users with a change up to this time that is not settled, the oldest first. */
  Future<List<String>> unsettledBefore(long timeMs, int limit);

  /** What the users had changed up to these times has been told, or needs no telling. */
  Future<Void> settle(Map<String, Long> told);

  /** Nothing is known of the user any more, not even when it was last seen. */
  Future<Void> forget(String userId);

  /** How many users are online, as told last. */
  Future<Long> online();

  /** Boots of gateways that hold, or held, sessions. */
  Future<Set<String>> boots();

  /**
   * Ends all sessions of a boot that is gone. Should it come back, the same sessions may be
   * reported again.
   */
  Future<Ended> endBoot(String bootId, long nowMs);

  /**
   * What ended with a boot.
   *
   * @param users that it held, as they are after it
   * @param sessions that it held
   */
  record Ended(List<Presence> users, Set<String> sessions) {
    public Ended {
      users = List.copyOf(users);
      sessions = Set.copyOf(sessions);
    }
  }
}
