package io.skein.session;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.Migrated;
import io.skein.embedded.test.StoresExtension;
import io.skein.mesh.CallContext;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.CloseSessionReply;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.protocol.v1.DeviceInfo;
import io.skein.protocol.v1.KickRequest;
import io.skein.protocol.v1.ListDevicesRequest;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LogoutRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.protocol.v1.RevokeDeviceRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, StoresExtension.class})
class SessionVerticleIT {
  private RedisStore redis;
  private SessionFixture fixture;

  @BeforeEach
  void deploy(Vertx vertx, @Migrated("session") PostgresAddress postgres, RedisAddress address) {
    redis = Stores.redis(vertx, address);
    fixture =
        new SessionFixture(vertx, SessionFixture.CONFIG, Stores.postgres(vertx, postgres), redis);
  }

  @Test
  @DisplayName("Who registers and logs in can connect, is pushed to, and shown as online")
  void wholeWay() {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    OpenSessionReply session = await(fixture.connect(login.getToken(), "phone", fixture.first));

    await(fixture.deliver("alice", 1));
    await(fixture.deliver("alice", 2));

    assertThat(fixture.first.pushed)
        .extracting(it -> it.getPushes(0).getTargets(0))
        .allSatisfy(it -> assertThat(it.getSessionId()).isEqualTo(session.getSessionId()))
        .extracting(it -> it.getPush())
        .containsExactly(1, 2);
    assertThat(fixture.second.pushed).isEmpty();
    assertThat(fixture.peers.hints).isEmpty();
    assertThat(devices("alice")).extracting(DeviceInfo::getOnline).containsExactly(true);
    await().until(() -> fixture.peers.changes.size() == 1);
    assertThat(fixture.peers.changes.getFirst().getOnline()).isTrue();
    assertThat(fixture.peers.changes.getFirst().getGatewayBoot())
        .isEqualTo(fixture.mesh.node().bootId());
  }

  @Test
  @DisplayName("A device was last seen when its session ended")
  void lastSeen() {
    fixture.register("alice");
    OpenSessionReply open =
        await(fixture.connect(fixture.login("alice", "phone").getToken(), "phone", fixture.first));
    Instant connected = seen("alice");
    SessionRef session =
        SessionRef.newBuilder()
            .setUserId("alice")
            .setDeviceId("phone")
            .setSessionId(open.getSessionId())
            .setEpoch(open.getEpoch())
            .build();
    await(
        fixture
            .mesh
            .bus()
            .call(
                Rpc.of("directory.close", CloseSessionRequest.class, CloseSessionReply.class),
                "alice",
                CloseSessionRequest.newBuilder().setSession(session).build(),
                CallContext.internal(Duration.ofSeconds(10))));
    await().until(() -> seen("alice").isAfter(connected));
    assertThat(fixture.mesh.meters().counter("skein_session_opened_total").count()).isEqualTo(1);
    assertThat(fixture.mesh.meters().counter("skein_session_closed_total").count()).isEqualTo(1);
  }

  private Instant seen(String user) {
    Timestamp seen = devices(user).getFirst().getLastSeenAt();
    return Instant.ofEpochSecond(seen.getSeconds(), seen.getNanos());
  }

  @Test
  @DisplayName("Who is offline is handed to notify")
  void offline() {
    await(fixture.deliver("alice", 7));

    assertThat(fixture.peers.hints)
        .containsExactly(
            Hint.newBuilder()
                .setUserId("alice")
                .setConversationId("c1")
                .setSeq(7)
                .setReason(Hint.Reason.OFFLINE)
                .build());
  }

  @Test
  @DisplayName("A revoked device is closed, whatever its gateway; its tokens end; others live on")
  void revoke() {
    fixture.register("alice");
    LoginReply phone = fixture.login("alice", "phone");
    LoginReply laptop = fixture.login("alice", "laptop");
    await(fixture.connect(laptop.getToken(), "laptop", fixture.first));
    OpenSessionReply open = await(fixture.connect(phone.getToken(), "phone", fixture.second));

    await(
        fixture.as(
            "alice",
            "laptop",
            SessionMethods.REVOKE_DEVICE,
            RevokeDeviceRequest.newBuilder().setDeviceId("phone").build()));

    assertThat(fixture.second.kicked)
        .singleElement()
        .satisfies(
            kick -> {
              assertThat(kick.getTargets(0).getSessionId()).isEqualTo(open.getSessionId());
              assertThat(kick.getBye().getCode()).isEqualTo(CloseCode.REVOKED.code());
            });
    assertThat(fixture.first.kicked).isEmpty();
    assertThat(fixture.first.forgotten).contains("alice");
    assertThat(fixture.second.forgotten).contains("alice");
    assertThat(refusal(() -> fixture.verify(phone.getToken())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(() -> refresh(phone))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    await(fixture.verify(laptop.getToken()));
    assertThat(devices("alice")).extracting(DeviceInfo::getId).containsExactly("laptop");
    await(fixture.connect(fixture.login("alice", "phone").getToken(), "phone", fixture.first));
  }

  @Test
  @DisplayName("A connect whose token was checked before the revocation opens nothing after it")
  void revokedBetweenCheckAndOpen() {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    String tokenId = await(fixture.verify(login.getToken())).getTokenId();
    await(fixture.connect(login.getToken(), "phone", fixture.first));
    await(
        fixture.as(
            "alice",
            "",
            SessionMethods.REVOKE_DEVICE,
            RevokeDeviceRequest.newBuilder().setDeviceId("phone").build()));

    assertThat(refusal(() -> fixture.open("alice", "phone", fixture.second, tokenId)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A kick closes a user's connections at all gateways")
  void kick() {
    fixture.register("alice");
    await(fixture.connect(fixture.login("alice", "a").getToken(), "a", fixture.first));
    await(fixture.connect(fixture.login("alice", "b").getToken(), "b", fixture.second));

    var reply =
        await(
            fixture
                .mesh
                .bus()
                .call(
                    SessionMethods.KICK,
                    "alice",
                    KickRequest.newBuilder().setUserId("alice").setReason("spam").build(),
                    SessionFixture.context(
                        CallerInfo.newBuilder().setKind(CallerInfo.Kind.SERVICE).build())));

    assertThat(reply.getClosed()).isEqualTo(2);
    for (FakeGateway gateway : List.of(fixture.first, fixture.second)) {
      assertThat(gateway.kicked)
          .singleElement()
          .satisfies(
              kick -> {
                assertThat(kick.getBye().getCode()).isEqualTo(CloseCode.KICKED.code());
                assertThat(kick.getBye().getReason()).isEqualTo("spam");
              });
    }
    assertThat(devices("alice")).extracting(DeviceInfo::getOnline).containsExactly(false, false);
  }

  @Test
  @DisplayName("A logout is answered, then closes the device's connection")
  void logout() {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    await(fixture.connect(login.getToken(), "phone", fixture.first));

    await(fixture.as("alice", "phone", SessionMethods.LOGOUT, LogoutRequest.getDefaultInstance()));

    assertThat(refusal(() -> fixture.verify(login.getToken())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    await().until(() -> fixture.first.kicked.size() == 1);
    assertThat(fixture.first.kicked.getFirst().getBye().getCode())
        .isEqualTo(CloseCode.LOGGED_OUT.code());
  }

  @Test
  @DisplayName("A refresh token used twice closes what its login has opened")
  void stolen() {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    await(fixture.connect(login.getToken(), "phone", fixture.first));
    LoginReply next = await(refresh(login));

    assertThat(refusal(() -> refresh(login))).isEqualTo(ErrorCode.UNAUTHENTICATED);

    assertThat(fixture.first.kicked).hasSize(1);
    assertThat(refusal(() -> fixture.verify(next.getToken()))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName(
      "A gateway that has left and is silent: its users go to notify, then its sessions end")
  void gatewayDies(Vertx vertx) {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    await(fixture.connect(login.getToken(), "phone", fixture.first));
    fixture.beat(fixture.first);
    await(vertx.undeploy(fixture.first.deploymentID()));

    await(fixture.deliver("alice", 1));
    assertThat(fixture.peers.hints).hasSize(1);

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> fixture.peers.changes.stream().anyMatch(it -> !it.getOnline()));
    assertThat(devices("alice")).extracting(DeviceInfo::getOnline).containsExactly(false);
  }

  @Test
  @DisplayName(
      "After Redis lost its memory gateways are asked for their sessions, and these live on")
  void redisWiped() {
    fixture.register("alice");
    LoginReply login = fixture.login("alice", "phone");
    OpenSessionReply session = await(fixture.connect(login.getToken(), "phone", fixture.first));
    SessionRef ref =
        SessionRef.newBuilder()
            .setUserId("alice")
            .setDeviceId("phone")
            .setSessionId(session.getSessionId())
            .setEpoch(session.getEpoch())
            .setConnection(1)
            .setPlatform("android")
            .build();
    reconcile(ref);
    assertThat(fixture.beat(fixture.first)).noneMatch(CountersReply::getReconcile);

    await(redis.send(Request.cmd(Command.FLUSHDB)));

    await().until(() -> fixture.beat(fixture.first).stream().allMatch(CountersReply::getReconcile));
    assertThat(reconcile(ref))
        .flatExtracting(ReconcileReply::getRebuiltList)
        .extracting(it -> it.getSessionId())
        .containsExactly(session.getSessionId());
    assertThat(fixture.beat(fixture.first)).noneMatch(CountersReply::getReconcile);
    assertThat(devices("alice")).extracting(DeviceInfo::getOnline).containsExactly(true);
  }

  /** With all instances, each with those that hash to it. */
  private List<ReconcileReply> reconcile(SessionRef session) {
    return fixture.mesh.ring().instances("session").stream()
        .map(
            instance -> {
              boolean home =
                  fixture
                      .mesh
                      .ring()
                      .pick("session", session.getUserId())
                      .orElseThrow()
                      .id()
                      .equals(instance.id());
              ReconcileRequest.Builder request =
                  ReconcileRequest.newBuilder()
                      .setGateway(fixture.first.id())
                      .setGatewayBoot(fixture.mesh.node().bootId())
                      .setComplete(true);
              if (home) {
                request.addSessions(session);
              }
              return await(
                  fixture
                      .mesh
                      .bus()
                      .callInstance(
                          SessionFixture.RECONCILE,
                          instance.id(),
                          request.build(),
                          SessionFixture.internal()));
            })
        .toList();
  }

  private Future<LoginReply> refresh(LoginReply login) {
    return fixture
        .mesh
        .bus()
        .callAny(
            SessionMethods.REFRESH,
            RefreshRequest.newBuilder().setRefreshToken(login.getRefreshToken()).build(),
            SessionFixture.internal());
  }

  private List<DeviceInfo> devices(String userId) {
    return await(
            fixture.as(
                userId, "", SessionMethods.LIST_DEVICES, ListDevicesRequest.getDefaultInstance()))
        .getDevicesList();
  }
}
