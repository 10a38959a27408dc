package io.skein.session.account;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.vertx.core.Future;
import java.util.Optional;

/** Asks users who are logged in for their password again, before what cannot be undone. */
public final class PasswordCheck {
  private final AccountStore accounts;
  private final PasswordHasher passwords;
  private final AttemptLimits limits;

  public PasswordCheck(AccountStore accounts, PasswordHasher passwords, AttemptLimits limits) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.limits = limits;
  }

  /**
   * Succeeds with the caller's password. Guesses are counted as those of logins.
   *
   * @return fails with UNAUTHENTICATED, PERMISSION_DENIED if there is none, RATE_LIMITED
   */
  public Future<Void> check(CallerInfo caller, String password) {
    String userId = caller.getUserId();
    limits.attempt(userId, caller.getRemoteAddress());
    return accounts
        .credentials(userId)
        .compose(
            credentials -> {
              Optional<String> hash = credentials.flatMap(Credentials::passwordHash);
              if (hash.isEmpty()) {
                throw new SkeinException(
                    ErrorCode.PERMISSION_DENIED,
                    "this account has no password: the app's own backend does this for its user");
              }
              return passwords.verify(password, hash);
            })
        .map(
            right -> {
              if (!right) {
                throw new SkeinException(ErrorCode.UNAUTHENTICATED, "the password is wrong")
                    .withField("password");
              }
              limits.succeeded(userId, caller.getRemoteAddress());
              return null;
            });
  }
}
