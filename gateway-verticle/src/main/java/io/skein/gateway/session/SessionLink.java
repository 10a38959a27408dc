package io.skein.gateway.session;

import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Session;
import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CloseSessionReply;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.protocol.v1.Device;
import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies tokens, opens and closes sessions in the directory. */
public final class SessionLink {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLink.class);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Duration CLOSE_BUDGET = Duration.ofSeconds(10);

  private static final Rpc<VerifyTokenRequest, VerifyTokenReply> VERIFY =
      Rpc.of("tokens.verify", VerifyTokenRequest.class, VerifyTokenReply.class);
  private static final Rpc<OpenSessionRequest, OpenSessionReply> OPEN =
      Rpc.of("directory.open", OpenSessionRequest.class, OpenSessionReply.class);
  private static final Rpc<CloseSessionRequest, CloseSessionReply> CLOSE =
      Rpc.of("directory.close", CloseSessionRequest.class, CloseSessionReply.class);

  private final Bus bus;
  private final GatewayIdentity self;
  private int opening;

  public SessionLink(Bus bus, GatewayIdentity self) {
    this.bus = bus;
    this.self = self;
  }

  /**
   * Asks whether a token is good, and whose it is.
   *
   * @param onBehalfOf the user for whom a service token acts; empty: none
   */
  public Future<VerifyTokenReply> verify(String token, String onBehalfOf) {
    VerifyTokenRequest request =
        VerifyTokenRequest.newBuilder().setToken(token).setOnBehalfOf(onBehalfOf).build();
    return bus.callAny(VERIFY, request, CallContext.internal(BUDGET));
  }

  /** Writes a verified user's device into the directory; completed after the write. */
  public Future<OpenSessionReply> open(
      Connection connection, VerifyTokenReply verified, Device device) {
    String userId = verified.getCaller().getUserId();
    OpenSessionRequest request =
        OpenSessionRequest.newBuilder()
            .setUserId(userId)
            .setDevice(device)
            .setGateway(self.instanceId())
            .setGatewayBoot(self.bootId())
            .setConnection(connection.number())
            .setTokenId(verified.getTokenId())
            .build();
    opening++;
    return bus.call(OPEN, userId, request, CallContext.internal(BUDGET))
        .onComplete(done -> opening--);
  }

  /** Whether sessions are being opened: then the list of sessions is not complete. */
  boolean isOpening() {
    return opening > 0;
  }

  /**
   * Takes a session out of the directory. If that fails, the directory finds out by the next
   * comparison or the next push.
   */
  public Future<Void> close(Connection connection, Session session) {
    CloseSessionRequest request =
        CloseSessionRequest.newBuilder().setSession(refOf(connection, session)).build();
    return bus.call(CLOSE, session.userId(), request, CallContext.internal(CLOSE_BUDGET))
        .<Void>mapEmpty()
        .recover(
            failure -> {
              LOG.warn("session {} stays in the directory: {}", session.id(), failure.getMessage());
              return Future.succeededFuture();
            });
  }

  static SessionRef refOf(Connection connection, Session session) {
    return SessionRef.newBuilder()
        .setUserId(session.userId())
        .setDeviceId(session.deviceId())
        .setSessionId(session.id())
        .setEpoch(session.epoch())
        .setConnection(connection.number())
        .setLastPush(connection.lastPush())
        .setPlatform(session.platform())
        .build();
  }
}
