package io.skein.session.token;

import java.time.Instant;

/**
 * A token that was just made.
 *
 * @param token the JWT in its compact form
 * @param expiresAt in whole seconds
 */
public record IssuedToken(String token, Instant expiresAt) {
  /** Without the token: it opens doors. */
  @Override
  public String toString() {
    return "IssuedToken[until " + expiresAt + "]";
  }
}
