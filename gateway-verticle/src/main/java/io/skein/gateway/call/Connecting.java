package io.skein.gateway.call;

import com.google.protobuf.Timestamp;
import io.skein.gateway.config.ConnectionLimits;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Session;
import io.skein.gateway.connection.Surroundings;
import io.skein.gateway.session.SessionLink;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Device;
import io.skein.protocol.v1.Limits;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** {@code connect}: verifies the token, opens the session, and only then answers. */
public final class Connecting {
  private final SessionLink sessions;
  private final Surroundings around;
  private final Clock clock;
  private final String version;

  public Connecting(SessionLink sessions, Surroundings around, Clock clock, String version) {
    this.sessions = sessions;
    this.around = around;
    this.clock = clock;
    this.version = version;
  }

  Future<ConnectReply> connect(Connection connection, ConnectRequest request) {
    Device device = DeviceRules.check(request.getDevice());
    if (!connection.beginOpening()) {
      throw new SkeinException(
          ErrorCode.ALREADY_CONNECTED, "connect succeeds once on each connection");
    }
    return sessions
        .verify(request.getToken(), "")
        .map(verified -> checkUser(verified, device))
        .compose(
            verified ->
                sessions
                    .open(connection, verified, device)
                    .compose(opened -> opened(connection, request, verified, opened)))
        .onFailure(failure -> connection.openingFailed(isBadToken(failure)));
  }

  private static boolean isBadToken(Throwable failure) {
    return failure instanceof SkeinException refused
        && (refused.code() == ErrorCode.UNAUTHENTICATED
            || refused.code() == ErrorCode.TOKEN_EXPIRED);
  }

  private static VerifyTokenReply checkUser(VerifyTokenReply verified, Device device) {
    if (verified.getCaller().getKind() != CallerInfo.Kind.USER) {
      throw new SkeinException(
          ErrorCode.PERMISSION_DENIED, "only users connect; service tokens call over HTTP");
    }
    String bound = verified.getDeviceId();
    if (!bound.isEmpty() && !bound.equals(device.getId())) {
      throw new SkeinException(ErrorCode.PERMISSION_DENIED, "the token is that of another device")
          .withField("device.id");
    }
    return verified;
  }

  private Future<ConnectReply> opened(
      Connection connection,
      ConnectRequest request,
      VerifyTokenReply verified,
      OpenSessionReply opened) {
    CallerInfo caller =
        verified.getCaller().toBuilder()
            .setDeviceId(request.getDevice().getId())
            .setSessionId(opened.getSessionId())
            .setRemoteAddress(connection.caller().getRemoteAddress())
            .build();
    Session session = new Session(caller, request.getDevice().getPlatform(), opened.getEpoch());
    Duration heartbeat = around.timing().grantHeartbeat(request.getHeartbeatSeconds());
    if (!connection.opened(session, heartbeat, Duration.ofMillis(verified.getExpiresInMs()))) {
      return sessions
          .close(connection, session)
          .compose(
              closed -> Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "gone")));
    }
    return Future.succeededFuture(
        ConnectReply.newBuilder()
            .setUserId(session.userId())
            .setSessionId(session.id())
            .setHeartbeatSeconds(Math.toIntExact(Math.max(1, heartbeat.toSeconds())))
            .setServerTime(now(clock))
            .setLimits(limits(around.limits()))
            .setTokenExpiresAt(verified.getExpiresAt())
            .setServerVersion(version)
            .build());
  }

  static Timestamp now(Clock clock) {
    Instant now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  private static Limits limits(ConnectionLimits limits) {
    return Limits.newBuilder()
        .setMaxFrameBytes(limits.maxFrameBytes())
        .setMaxBodyBytes(limits.maxBodyBytes())
        .setMaxInFlight(limits.maxInFlight())
        .setCallsPerSecond(limits.callsPerSecond())
        .setCallBurst(limits.callBurst())
        .setMaxPage(limits.maxPage())
        .build();
  }
}
