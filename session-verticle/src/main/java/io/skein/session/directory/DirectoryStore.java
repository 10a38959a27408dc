package io.skein.session.directory;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The directory that all instances share. What concerns one user is atomic; epochs decide between
 * writers, whatever the order in which their writes arrive. Every method fails with UNAVAILABLE
 * while the store cannot be reached.
 */
interface DirectoryStore {
  /**
   * Writes a session by the policy. Losers other than the device's own earlier session leave a
   * fence, so that they cannot come back with {@link #restore}.
   */
  Future<OpenOutcome> open(SessionRecord session, DevicePolicy policy);

  /** Removes these sessions, where they are still the ones on record. Answers, in order, where. */
  Future<List<Boolean>> remove(List<SessionRecord> sessions);

  /** Refuses every session of the device up to this epoch from now on. Answers what it removed. */
  Future<Optional<SessionRecord>> fence(String userId, String deviceId, long epoch);

  /**
   * Writes back sessions that the directory may have lost, unless a newer one or a fence is there;
   * in order.
   */
  Future<List<RestoreOutcome>> restore(List<SessionRecord> sessions);

  /** The sessions of each of these users, in order. */
  Future<List<List<SessionRecord>>> read(List<String> userIds);

  /** Notes that a gateway was heard of. */
  Future<Void> beat(String gateway);

  /** A number for each of these gateways that changes with every beat, in order. */
  Future<List<String>> beats(List<String> gateways);

  /** A random word that changes only when the store has lost its memory. */
  Future<String> memory();
}
