package io.skein.session.erase;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is still to be erased. Every method is atomic and fails with UNAVAILABLE while the
 * store cannot be reached.
 */
interface ErasureStore {
  /**
   * Somebody to be erased.
   *
   * @param cursor where the step goes on; empty: at its beginning
   */
  record Erasure(String userId, Step step, String cursor) {}

  /**
   * Ends an account, durably: no password, no name, no login, no token counts any more, and what
   * the other services have is noted to be erased. Answers the epochs of its devices, above all
   * that were given; empty: there is no such account.
   */
  Future<Optional<Map<String, Long>>> begin(String userId);

  /** The next one that is due, for the claimer alone as long as the lease runs. */
  Future<Optional<Erasure>> claim(Duration lease);

  /**
   * Notes how far an erasure has come, unless somebody else has brought it further.
   *
   * @param pause nobody goes on before; with a pause of the lease it stays with the claimer
   * @return whether it was as {@code before} says
   */
  Future<Boolean> advance(Erasure before, Erasure after, Duration pause);

  /** Removes devices and logins. */
  Future<Void> removeDevices(String userId);

  /** How many are not done yet. */
  Future<Integer> open();

  /** All is done. */
  Future<Void> end(Erasure done);
}
