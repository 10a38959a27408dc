package io.skein.gateway;

import com.google.protobuf.Message;
import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.CloseSessionReply;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.CountersRequest;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.MarkDeliveredReply;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stand-ins for the session, message and notify services on a real local bus. A token is its user's
 * id; some words in it make a difference, see {@link #verify}.
 */
final class FakeServices extends VerticleBase {
  final Map<String, OpenSessionRequest> opened = new ConcurrentHashMap<>();
  final List<SessionRef> closed = new CopyOnWriteArrayList<>();
  final List<Hint> hints = new CopyOnWriteArrayList<>();
  final List<MarkDeliveredRequest> marks = new CopyOnWriteArrayList<>();
  final List<ReconcileRequest> reconciled = new CopyOnWriteArrayList<>();
  final List<SentMessage> sent = new CopyOnWriteArrayList<>();
  final AtomicInteger verified = new AtomicInteger();

  volatile Duration tokenLife = Duration.ofHours(1);
  volatile CountersReply counters = CountersReply.getDefaultInstance();
  volatile ReconcileReply reconcileReply = ReconcileReply.getDefaultInstance();
  volatile Function<SentMessage, Future<SendReply>> onSend = FakeServices::committed;
  volatile Function<OpenSessionRequest, Future<Void>> onOpen = request -> Future.succeededFuture();

  volatile Function<MembershipsRequest, Future<MembershipsReply>> onMemberships =
      request -> Future.failedFuture("there are no large conversations");

  private final Mesh mesh;

  /** Who logged in, as the session service was told. */
  final List<CallerInfo> loginCallers = new CopyOnWriteArrayList<>();

  private final AtomicInteger sessions = new AtomicInteger();

  FakeServices(Mesh mesh) {
    this.mesh = mesh;
  }

  /** What the message service got. */
  record SentMessage(SendRequest request, CallerInfo caller, Duration left, String predecessor) {}

  @Override
  public Future<?> start() {
    ServiceInstance session =
        mesh.instance("session")
            .handle(
                rpc("tokens.verify", VerifyTokenRequest.class, VerifyTokenReply.class),
                call -> verify(call.request()))
            .handle(
                rpc("directory.open", OpenSessionRequest.class, OpenSessionReply.class),
                call -> open(call.request()))
            .handle(
                rpc("directory.close", CloseSessionRequest.class, CloseSessionReply.class),
                call -> {
                  closed.add(call.request().getSession());
                  return Future.succeededFuture(CloseSessionReply.getDefaultInstance());
                })
            .handle(
                rpc("directory.counters", CountersRequest.class, CountersReply.class),
                call -> Future.succeededFuture(counters))
            .handle(
                rpc("directory.reconcile", ReconcileRequest.class, ReconcileReply.class),
                call -> {
                  reconciled.add(call.request());
                  return Future.succeededFuture(reconcileReply);
                })
            .handle(
                rpc("accounts.login", LoginRequest.class, LoginReply.class),
                call -> {
                  loginCallers.add(call.caller());
                  return Future.succeededFuture(
                      LoginReply.newBuilder()
                          .setUserId(call.request().getUserId())
                          .setToken(call.request().getUserId())
                          .build());
                });
    ServiceInstance message =
        mesh.instance("message")
            .handle(
                rpc("messages.send", SendRequest.class, SendReply.class),
                call -> {
                  SentMessage one =
                      new SentMessage(
                          call.request(), call.caller(), call.remaining(), call.predecessor());
                  sent.add(one);
                  return onSend.apply(one);
                })
            .handle(
                rpc("log.memberships", MembershipsRequest.class, MembershipsReply.class),
                call -> onMemberships.apply(call.request()))
            .handle(
                rpc("log.markDelivered", MarkDeliveredRequest.class, MarkDeliveredReply.class),
                call -> {
                  marks.add(call.request());
                  return Future.succeededFuture(MarkDeliveredReply.getDefaultInstance());
                });
    ServiceInstance notify =
        mesh.instance("notify")
            .handle(
                rpc("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class),
                call -> {
                  hints.addAll(call.request().getHintsList());
                  return Future.succeededFuture(EnqueueReply.getDefaultInstance());
                });
    return Future.all(session.start(), message.start(), notify.start());
  }

  /** Answers {@code "bad…"} with unauthenticated, {@code "service"} is a service token. */
  private Future<VerifyTokenReply> verify(VerifyTokenRequest request) {
    verified.incrementAndGet();
    String token = request.getToken();
    if (token.isEmpty() || token.startsWith("bad")) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.UNAUTHENTICATED, "the token is not valid"));
    }
    boolean service = token.equals("service");
    CallerInfo.Builder caller =
        CallerInfo.newBuilder()
            .setKind(service ? CallerInfo.Kind.SERVICE : CallerInfo.Kind.USER)
            .setUserId(service ? request.getOnBehalfOf() : token.replaceAll("@.*", ""));
    if (service) {
      caller.addScopes("messages");
    }
    return Future.succeededFuture(
        VerifyTokenReply.newBuilder()
            .setCaller(caller)
            .setTokenId("id of " + token)
            // "alice@phone-1" is bound to that device.
            .setDeviceId(token.contains("@") ? token.substring(token.indexOf('@') + 1) : "")
            .setExpiresInMs(tokenLife.toMillis())
            .build());
  }

  private Future<OpenSessionReply> open(OpenSessionRequest request) {
    String id = "session-" + sessions.incrementAndGet();
    opened.put(id, request);
    return onOpen
        .apply(request)
        .map(done -> OpenSessionReply.newBuilder().setSessionId(id).setEpoch(7).build());
  }

  /** The session of a user's device, and where it is. */
  Map.Entry<String, OpenSessionRequest> sessionOf(String userId) {
    return opened.entrySet().stream()
        .filter(entry -> entry.getValue().getUserId().equals(userId))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  static Future<SendReply> committed(SentMessage message) {
    return Future.succeededFuture(
        SendReply.newBuilder().setConversationId("a-conversation").setSeq(1).build());
  }

  private static <Q extends Message, R extends Message> Rpc<Q, R> rpc(
      String name, Class<Q> request, Class<R> reply) {
    return Rpc.of(name, request, reply);
  }
}
