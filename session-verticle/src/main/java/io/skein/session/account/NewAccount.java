package io.skein.session.account;

import java.util.Optional;

/**
 * An account to be made.
 *
 * @param passwordHash empty: cannot log in by password
 * @param bot whether a program speaks for it
 */
public record NewAccount(
    String userId, String displayName, Optional<String> passwordHash, boolean bot) {
  /** An account of somebody whom the integrator's own user system vouches for. */
  public static NewAccount external(String userId) {
    return new NewAccount(userId, "", Optional.empty(), false);
  }
}
