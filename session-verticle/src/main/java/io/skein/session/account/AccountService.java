package io.skein.session.account;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.v1.ProfilesReply;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.RegisterReply;
import io.skein.protocol.v1.RegisterRequest;
import io.vertx.core.Future;
import java.util.Optional;

/** Makes accounts and tells what is known of them. */
public final class AccountService {
  private static final String SCOPE = "accounts";
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 256;
  private static final int MAX_NAME = 64;
  private static final int MAX_PROFILES = 100;

  private final AccountStore accounts;
  private final PasswordHasher passwords;
  private final AttemptLimits limits;
  private final boolean open;

  /**
   * @param open whether anybody may register; else only backends whose token has the scope
   */
  public AccountService(
      AccountStore accounts, PasswordHasher passwords, AttemptLimits limits, boolean open) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.limits = limits;
    this.open = open;
  }

  public Future<RegisterReply> register(RegisterRequest request, CallerInfo caller) {
    String userId = UserIds.check(request.getUserId(), "userId");
    boolean trusted = mayAlwaysRegister(caller);
    if (!open && !trusted) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED,
          "registration is closed here: only a service token with the scope accounts may register");
    }
    if (request.getBot() && !trusted) {
      throw new SkeinException(
              ErrorCode.PERMISSION_DENIED,
              "only a service token with the scope accounts may register a bot")
          .withField("bot");
    }
    checkName(request.getDisplayName());
    boolean withPassword = !(trusted && request.getPassword().isEmpty());
    if (withPassword) {
      checkNewPassword(request.getPassword());
    }
    if (!trusted) {
      limits.attempt(caller.getRemoteAddress());
    }
    Future<Optional<String>> hash =
        withPassword
            ? passwords.hash(request.getPassword()).map(Optional::of)
            : Future.succeededFuture(Optional.empty());
    return hash.compose(
            known ->
                accounts.create(
                    new NewAccount(userId, request.getDisplayName(), known, request.getBot())))
        .map(created -> registered(userId, created));
  }

  public Future<ProfilesReply> profiles(ProfilesRequest request) {
    if (request.getUserIdsCount() > MAX_PROFILES) {
      throw new SkeinException(ErrorCode.TOO_LARGE, "at most " + MAX_PROFILES + " profiles a call")
          .withField("userIds");
    }
    return accounts
        .profiles(request.getUserIdsList())
        .map(profiles -> ProfilesReply.newBuilder().addAllProfiles(profiles).build());
  }

  public Future<ExistsReply> exists(ExistsRequest request) {
    return accounts
        .existing(request.getUserIdsList())
        .map(existing -> ExistsReply.newBuilder().addAllExisting(existing).build());
  }

  private static RegisterReply registered(String userId, boolean created) {
    if (!created) {
      throw new SkeinException(ErrorCode.ALREADY_EXISTS, "this user id is taken")
          .withField("userId");
    }
    return RegisterReply.newBuilder().setUserId(userId).build();
  }

  private static boolean mayAlwaysRegister(CallerInfo caller) {
    return switch (caller.getKind()) {
      case INTERNAL -> true;
      case SERVICE ->
          caller.getScopesList().contains(SCOPE) || caller.getScopesList().contains("*");
      default -> false;
    };
  }

  private static void checkNewPassword(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT,
              "a password has " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters")
          .withField("password");
    }
  }

  private static void checkName(String name) {
    if (name.codePointCount(0, name.length()) > MAX_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT,
              "a display name has at most " + MAX_NAME + " characters, none of them control")
          .withField("displayName");
    }
  }
}
