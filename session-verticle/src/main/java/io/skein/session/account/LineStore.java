package io.skein.session.account;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps lines: a login with all tokens that descend from it. Every method is atomic and fails with
 * UNAVAILABLE while the store cannot be reached.
 */
public interface LineStore {
  /** Whose line it is; the device id is empty if the line is bound to none. */
  record Owner(String userId, String deviceId) {}

  /**
   * Begins a line. The user's expired ones, and the longest unused ones beyond a limit, go.
   *
   * @param deviceId empty: to be bound by the first device that connects
   */
  Future<Void> begin(RefreshToken token, Owner owner, Instant expiresAt);

  /**
   * Replaces the refresh token of a line, if {@code old} is its newest and has not expired by
   * {@code now}. Of several that present the same one, one succeeds; the others get an empty
   * answer.
   */
  Future<Optional<Owner>> rotate(
      RefreshToken old, RefreshToken next, Instant now, Instant expiresAt);

  /** Ends a line. Empty: there was none that was still good. */
  Future<Optional<Owner>> end(UUID line, Instant now);
}
