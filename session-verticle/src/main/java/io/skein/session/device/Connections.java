package io.skein.session.device;

import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of users, at all gateways. Futures fail with UNAVAILABLE: then to be repeated.
 */
public interface Connections {
  /** Ids of the user's devices that are connected. */
  Future<Set<String>> online(String userId);

  /**
   * Says bye to the user's connections and closes them. Answers how many.
   *
   * @param deviceId only of this device; empty: of all
   */
  Future<Integer> close(String userId, Optional<String> deviceId, Bye bye, Duration budget);

  /**
   * Closes the connections of these devices that were opened with these epochs or lower ones, also
   * those that are being opened, and lets none of them in any more. Answers how many it closed.
   */
  Future<Integer> shutOut(String userId, Map<String, Long> epochs, Bye bye, Duration budget);

  /** Done when no gateway relies on an earlier check of a token of this user. */
  Future<Void> forgetTokens(String userId, Duration budget);
}
