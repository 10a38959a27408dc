package io.skein.session.account;

import com.google.protobuf.Timestamp;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.session.device.DeviceIds;
import io.skein.session.token.IssuedToken;
import io.skein.session.token.TokenIssuer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trades passwords and refresh tokens for tokens. */
public final class LoginService {
  private static final Logger LOG = LoggerFactory.getLogger(LoginService.class);

  private final AccountStore accounts;
  private final LineStore lines;
  private final PasswordHasher passwords;
  private final AttemptLimits limits;
  private final TokenIssuer issuer;
  private final StolenLines stolen;
  private final Duration refreshTtl;
  private final Clock clock;

  public LoginService(
      AccountStore accounts,
      LineStore lines,
      PasswordHasher passwords,
      AttemptLimits limits,
      TokenIssuer issuer,
      StolenLines stolen,
      Duration refreshTtl,
      Clock clock) {
    this.accounts = accounts;
    this.lines = lines;
    this.passwords = passwords;
    this.limits = limits;
    this.issuer = issuer;
    this.stolen = stolen;
    this.refreshTtl = refreshTtl;
    this.clock = clock;
  }

  public Future<LoginReply> login(LoginRequest request, CallerInfo caller) {
    String userId = UserIds.check(request.getUserId(), "userId");
    if (!request.getDeviceId().isEmpty()) {
      DeviceIds.check(request.getDeviceId(), "deviceId");
    }
    limits.attempt(userId, caller.getRemoteAddress());
    return accounts
        .credentials(userId)
        .compose(credentials -> enter(request.getPassword(), credentials))
        .onSuccess(in -> limits.succeeded(userId, caller.getRemoteAddress()))
        .compose(in -> begin(new LineStore.Owner(userId, request.getDeviceId())));
  }

  /** The same words and the same time for a wrong password and for an unknown user. */
  private Future<Void> enter(String password, Optional<Credentials> credentials) {
    return passwords
        .verify(password, credentials.flatMap(Credentials::passwordHash))
        .map(
            right -> {
              if (!right) {
                throw new SkeinException(
                    ErrorCode.UNAUTHENTICATED, "the user id or the password is wrong");
              }
              if (credentials.orElseThrow().banned()) {
                throw new SkeinException(ErrorCode.BANNED, "this account is banned");
              }
              return null;
            });
  }

  private Future<LoginReply> begin(LineStore.Owner owner) {
    RefreshToken first = RefreshToken.next(UUID.randomUUID());
    return lines.begin(first, owner, refreshExpiry()).map(begun -> reply(owner, first));
  }

  public Future<LoginReply> refresh(RefreshRequest request, CallerInfo caller) {
    RefreshToken old = RefreshToken.parse(request.getRefreshToken());
    limits.attempt(caller.getRemoteAddress());
    RefreshToken next = RefreshToken.next(old.line());
    return lines
        .rotate(old, next, clock.instant(), refreshExpiry())
        .compose(
            owner ->
                owner.isPresent()
                    ? Future.succeededFuture(reply(owner.get(), next))
                    : refuse(old.line()))
        .onSuccess(in -> limits.succeeded(caller.getRemoteAddress()));
  }

  /** Only somebody who held a token of the line knows its id: the token was used twice. */
  private Future<LoginReply> refuse(UUID line) {
    return lines
        .end(line, clock.instant())
        .compose(
            owner -> {
              if (owner.isEmpty()) {
                return Future.succeededFuture();
              }
              LOG.warn("A refresh token of {} was used twice: its line ends", owner.get().userId());
              return stolen.ended(owner.get().userId(), owner.get().deviceId());
            })
        .compose(ended -> Future.failedFuture(RefreshToken.refusal()));
  }

  private Instant refreshExpiry() {
    return clock.instant().plus(refreshTtl);
  }

  private LoginReply reply(LineStore.Owner owner, RefreshToken refresh) {
    IssuedToken token = issuer.forLogin(owner.userId(), refresh.line(), owner.deviceId());
    return LoginReply.newBuilder()
        .setUserId(owner.userId())
        .setToken(token.token())
        .setTokenExpiresAt(
            Timestamp.newBuilder().setSeconds(token.expiresAt().getEpochSecond()).build())
        .setRefreshToken(refresh.encode())
        .build();
  }
}
