package io.skein.session.token;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Knows whether tokens were revoked. Fails with UNAVAILABLE while it cannot be reached. */
@FunctionalInterface
public interface StandingStore {
  /**
   * Empty: the user has no account.
   *
   * @param line the login that the token descends from
   * @param deviceId the device that the token is bound to; empty: none
   */
  Future<Optional<Standing>> find(String userId, Optional<UUID> line, String deviceId);
}
