package io.skein.session.token;

import com.google.protobuf.Timestamp;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says who somebody is, from a token: its signature, its claims, and that it was not revoked. */
public final class TokenService {
  private final TokenVerifier verifier;
  private final StandingStore standings;
  private final Optional<NewUsers> newUsers;
  private final Clock clock;

  public TokenService(TokenConfig config, StandingStore standings, NewUsers newUsers, Clock clock) {
    this.verifier = new TokenVerifier(config, clock);
    this.standings = standings;
    this.newUsers =
        config.external().filter(ExternalTokens::createAccounts).map(external -> newUsers);
    this.clock = clock;
  }

  public Future<VerifyTokenReply> verify(VerifyTokenRequest request) {
    return verifier
        .verify(request.getToken())
        .compose(
            token ->
                switch (token.use()) {
                  case ACCESS -> verifyUser(token, request.getOnBehalfOf());
                  case SERVICE -> verifyService(token, request.getOnBehalfOf());
                });
  }

  private Future<VerifyTokenReply> verifyUser(VerifiedToken token, String onBehalfOf) {
    if (!onBehalfOf.isEmpty() && !onBehalfOf.equals(token.subject())) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "only a service token may act for another user");
    }
    return standing(token)
        .map(
            standing -> {
              String device = checkRevocation(token, standing);
              CallerInfo caller =
                  CallerInfo.newBuilder()
                      .setKind(CallerInfo.Kind.USER)
                      .setUserId(token.subject())
                      .setDeviceId(device)
                      .build();
              return reply(token, caller, device);
            });
  }

  private Future<Standing> standing(VerifiedToken token) {
    return standings
        .find(token.subject(), token.line(), token.deviceId())
        .compose(
            known -> {
              if (known.isPresent()) {
                return Future.succeededFuture(known.get());
              }
              if (token.external() && newUsers.isPresent()) {
                Standing fresh = new Standing(false, false, Instant.EPOCH, Optional.empty());
                return newUsers.get().create(token.subject()).map(fresh);
              }
              return Future.failedFuture(noAccount());
            });
  }

  private static SkeinException noAccount() {
    return new SkeinException(ErrorCode.UNAUTHENTICATED, "the user of this token has no account");
  }

  /** Answers the device that the token is bound to; empty: none. */
  private static String checkRevocation(VerifiedToken token, Standing standing) {
    if (standing.erased()) {
      throw noAccount();
    }
    if (standing.banned()) {
      throw new SkeinException(ErrorCode.BANNED, "this account is banned");
    }
    if (token.line().isPresent()) {
      return standing
          .line()
          .map(Standing.Line::deviceId)
          .orElseThrow(() -> ClaimRules.refusal("this login has ended: log in again"));
    }
    // Tokens know whole seconds: one of the second of the revocation does not count either.
    if (token.issuedAt().isBefore(standing.validFrom())) {
      throw ClaimRules.refusal("this token was revoked: get a new one");
    }
    return token.deviceId();
  }

  private Future<VerifyTokenReply> verifyService(VerifiedToken token, String onBehalfOf) {
    CallerInfo.Builder caller =
        CallerInfo.newBuilder()
            .setKind(CallerInfo.Kind.SERVICE)
            .addAllScopes(token.scopes())
            .setUserId(onBehalfOf);
    if (onBehalfOf.isEmpty()) {
      return Future.succeededFuture(reply(token, caller.build(), ""));
    }
    return standings
        .find(UserIds.check(onBehalfOf, "onBehalfOf"), Optional.empty(), "")
        .map(
            standing -> {
              if (standing.filter(known -> !known.erased()).isEmpty()) {
                throw new SkeinException(ErrorCode.NOT_FOUND, "the user to act for is unknown")
                    .withField("onBehalfOf");
              }
              if (standing.get().banned()) {
                throw new SkeinException(ErrorCode.BANNED, "the user to act for is banned");
              }
              return reply(token, caller.build(), "");
            });
  }

  private VerifyTokenReply reply(VerifiedToken token, CallerInfo caller, String deviceId) {
    Duration left = Duration.between(clock.instant(), token.expiresAt());
    return VerifyTokenReply.newBuilder()
        .setCaller(caller)
        .setExpiresInMs(Math.max(left.toMillis(), 0))
        .setExpiresAt(Timestamp.newBuilder().setSeconds(token.expiresAt().getEpochSecond()).build())
        .setDeviceId(deviceId)
        .setTokenId(token.tokenId().encode())
        .build();
  }
}
