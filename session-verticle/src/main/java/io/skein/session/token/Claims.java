package io.skein.session.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a token says, unchecked. An absent text is empty, an absent list too.
 *
 * @param issuer {@code iss}
 * @param audience {@code aud}
 * @param subject {@code sub}, or the claim that an integrator's tokens hold the user id in
 * @param expiresAt {@code exp}, in whole seconds as all times here
 * @param notBefore {@code nbf}; absent: the epoch
 * @param issuedAt {@code iat}; absent: the epoch
 * @param id {@code jti}
 * @param scope words with single spaces between, as in RFC 8693 §4.2
 * @param use what the token is good for: a {@link TokenUse} in lower case; a claim of our own
 * @param deviceId the device that it is bound to; a claim of our own, {@code dev}
 * @param line the login that it descends from; a claim of our own
 */
record Claims(
    String issuer,
    List<String> audience,
    String subject,
    Optional<Instant> expiresAt,
    Instant notBefore,
    Instant issuedAt,
    String id,
    String scope,
    String use,
    String deviceId,
    String line) {

  /** A claim is missing or wrong. */
  static final class WrongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongException(String message) {
      super(message, null, false, false);
    }
  }
}
