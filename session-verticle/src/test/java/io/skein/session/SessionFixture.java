package io.skein.session;

import static io.skein.session.Outcomes.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.CountersRequest;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.protocol.v1.Device;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.session.account.LimitConfig;
import io.skein.session.account.PasswordConfig;
import io.skein.session.directory.DevicePolicy;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Session verticles on a real mesh of one process, with two gateways that are fakes. */
final class SessionFixture {
  static final Rpc<OpenSessionRequest, OpenSessionReply> OPEN =
      Rpc.of("directory.open", OpenSessionRequest.class, OpenSessionReply.class);
  static final Rpc<DeliverRequest, DeliverReply> DELIVER =
      Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class);
  static final Rpc<CountersRequest, CountersReply> COUNTERS =
      Rpc.of("directory.counters", CountersRequest.class, CountersReply.class);
  static final Rpc<ReconcileRequest, ReconcileReply> RECONCILE =
      Rpc.of("directory.reconcile", ReconcileRequest.class, ReconcileReply.class);

  static final TokenConfig TOKENS =
      TokenConfig.of(TokenKey.ofSecret("k", "0123456789abcdef0123456789abcdef"));

  /** Cheap passwords: these tests are about other things. */
  static final SessionConfig CONFIG =
      new SessionConfig(
          true,
          new PasswordConfig(64, 1, 2, 64),
          LimitConfig.DEFAULT,
          TOKENS,
          DevicePolicy.DEFAULT,
          Duration.ofSeconds(4));

  final Mesh mesh;
  final FakeGateway first;
  final FakeGateway second;
  final FakePeers peers;
  private long connection;

  SessionFixture(Vertx vertx, SessionConfig config, Postgres postgres, RedisStore redis) {
    mesh = Mesh.local(vertx);
    first = new FakeGateway(mesh);
    second = new FakeGateway(mesh);
    peers = new FakePeers(mesh);
    await(vertx.deployVerticle(peers));
    await(vertx.deployVerticle(first));
    await(vertx.deployVerticle(second));
    await(vertx.deployVerticle(new SessionVerticle(config, mesh, postgres, redis)));
    await(vertx.deployVerticle(new SessionVerticle(config, mesh, postgres, redis)));
  }

  void register(String userId) {
    await(
        mesh.bus()
            .call(
                SessionMethods.REGISTER,
                userId,
                RegisterRequest.newBuilder().setUserId(userId).setPassword("correct horse").build(),
                context(CallerInfo.getDefaultInstance())));
  }

  LoginReply login(String userId, String deviceId) {
    return await(
        mesh.bus()
            .call(
                SessionMethods.LOGIN,
                userId,
                LoginRequest.newBuilder()
                    .setUserId(userId)
                    .setPassword("correct horse")
                    .setDeviceId(deviceId)
                    .build(),
                context(CallerInfo.getDefaultInstance())));
  }

  Future<VerifyTokenReply> verify(String token) {
    return mesh.bus()
        .callAny(
            SessionMethods.VERIFY,
            VerifyTokenRequest.newBuilder().setToken(token).build(),
            internal());
  }

  /** Verifies the token and connects with it, as a gateway does. */
  Future<OpenSessionReply> connect(String token, String deviceId, FakeGateway gateway) {
    return verify(token)
        .compose(
            verified ->
                open(verified.getCaller().getUserId(), deviceId, gateway, verified.getTokenId()));
  }

  Future<OpenSessionReply> open(
      String userId, String deviceId, FakeGateway gateway, String tokenId) {
    OpenSessionRequest request =
        OpenSessionRequest.newBuilder()
            .setUserId(userId)
            .setDevice(Device.newBuilder().setId(deviceId).setPlatform("android"))
            .setGateway(gateway.id())
            .setGatewayBoot(mesh.node().bootId())
            .setConnection(++connection)
            .setTokenId(tokenId)
            .build();
    return mesh.bus().call(OPEN, userId, request, internal());
  }

  /** An entry for one user. */
  Future<DeliverReply> deliver(String recipient, int seq) {
    DeliverRequest request =
        DeliverRequest.newBuilder()
            .addDeliveries(
                Delivery.newBuilder()
                    .setEvent(ByteString.copyFromUtf8("entry " + seq))
                    .addRecipients(recipient)
                    .setConversationId("c1")
                    .setSeq(seq)
                    .setSender("somebody"))
            .build();
    return mesh.bus().call(DELIVER, recipient, request, internal());
  }

  /** What every gateway does every two seconds. */
  List<CountersReply> beat(FakeGateway gateway) {
    CountersRequest request =
        CountersRequest.newBuilder()
            .setGateway(gateway.id())
            .setGatewayBoot(mesh.node().bootId())
            .build();
    return await(mesh.bus().callAll(COUNTERS, request, internal()));
  }

  <Q extends Message, R extends Message> Future<R> as(
      String userId, String deviceId, Rpc<Q, R> rpc, Q request) {
    CallerInfo caller =
        CallerInfo.newBuilder()
            .setKind(CallerInfo.Kind.USER)
            .setUserId(userId)
            .setDeviceId(deviceId)
            .build();
    return mesh.bus().call(rpc, userId, request, context(caller));
  }

  static CallContext internal() {
    return CallContext.internal(Duration.ofSeconds(5));
  }

  static CallContext context(CallerInfo caller) {
    return new CallContext(caller, Duration.ofSeconds(5), "test");
  }
}
