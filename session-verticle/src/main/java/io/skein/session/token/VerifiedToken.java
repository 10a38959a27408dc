package io.skein.session.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a token says, after its signature and claims were checked. Whether it was revoked since is
 * for the store to say.
 *
 * @param subject a user id (ACCESS) or the name of a backend (SERVICE)
 * @param deviceId the device it is bound to; empty: none
 * @param line the login it descends from; empty: made offline or by the integrator
 * @param scopes of SERVICE tokens
 * @param issuedAt in whole seconds; the epoch if the token does not say
 * @param id its {@code jti}; may be empty for external tokens
 * @param external made by the integrator's own user system
 */
record VerifiedToken(
    TokenUse use,
    String subject,
    String deviceId,
    Optional<UUID> line,
    List<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    String id,
    boolean external) {

  TokenId tokenId() {
    return new TokenId(line, issuedAt, id);
  }
}
