package io.skein.gateway.call;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Session;
import io.skein.gateway.push.DeliveredMarks;
import io.skein.gateway.session.SessionLink;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.DeliveredReply;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.PingReply;
import io.skein.protocol.v1.RenewReply;
import io.skein.protocol.v1.RenewRequest;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** The methods that the gateway answers itself: connect, ping, delivered, renew. */
public final class ConnectionMethods {
  private final Connecting connecting;
  private final SessionLink sessions;
  private final DeliveredMarks marks;
  private final Clock clock;

  public ConnectionMethods(
      Connecting connecting, SessionLink sessions, DeliveredMarks marks, Clock clock) {
    this.connecting = connecting;
    this.sessions = sessions;
    this.marks = marks;
    this.clock = clock;
  }

  void handle(Connection connection, int id, MethodInfo method, ByteString params) {
    answer(connection, method, params)
        .onSuccess(reply -> connection.reply(id, method, reply.toByteString()))
        .onFailure(failure -> connection.fail(id, SkeinException.errorOf(failure)));
  }

  private Future<? extends Message> answer(
      Connection connection, MethodInfo method, ByteString params) {
    try {
      return switch (method.name()) {
        case "connect" -> connecting.connect(connection, ConnectRequest.parseFrom(params));
        case "ping" -> ping(connection);
        case "delivered" -> delivered(connection, DeliveredRequest.parseFrom(params));
        case "renew" -> renew(connection, RenewRequest.parseFrom(params));
        default -> throw new SkeinException(ErrorCode.UNIMPLEMENTED, "not by this gateway");
      };
    } catch (InvalidProtocolBufferException broken) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT, "the params are no encoded request of this method");
    }
  }

  private Future<PingReply> ping(Connection connection) {
    return Future.succeededFuture(
        PingReply.newBuilder()
            .setServerTime(Connecting.now(clock))
            .setLastPush(connection.lastPush())
            .build());
  }

  private Future<DeliveredReply> delivered(Connection connection, DeliveredRequest request) {
    String conversationId =
        ConversationIds.parse(request.getConversationId(), "conversationId").toString();
    if (request.getSeq() == 0) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a seq begins at 1").withField("seq");
    }
    connection.confirmed(conversationId, request.getSeq());
    CallerInfo caller = connection.caller();
    marks.add(conversationId, caller.getUserId(), caller.getDeviceId(), request.getSeq());
    return Future.succeededFuture(DeliveredReply.getDefaultInstance());
  }

  private Future<RenewReply> renew(Connection connection, RenewRequest request) {
    Session session = connection.session().orElseThrow();
    return sessions
        .verify(request.getToken(), "")
        .map(
            verified -> {
              checkSame(session, verified);
              connection.renewed(Duration.ofMillis(verified.getExpiresInMs()));
              return RenewReply.newBuilder().setTokenExpiresAt(verified.getExpiresAt()).build();
            });
  }

  private static void checkSame(Session session, VerifyTokenReply verified) {
    boolean sameUser =
        verified.getCaller().getKind() == CallerInfo.Kind.USER
            && verified.getCaller().getUserId().equals(session.userId());
    String device = verified.getDeviceId();
    if (!sameUser || !(device.isEmpty() || device.equals(session.deviceId()))) {
      throw new SkeinException(
              ErrorCode.PERMISSION_DENIED, "the token is that of another user or device")
          .withField("token");
    }
  }
}
