package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static io.skein.session.Outcomes.refused;
import static io.skein.session.directory.DirectoryFixture.BUDGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.LookupRequest;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.SessionRef;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.Device;
import io.skein.session.device.Connections;
import io.skein.session.directory.DevicePolicy.Rule;
import io.skein.session.token.TokenId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionServiceTest {
  private final DirectoryFixture fixture = new DirectoryFixture();
  private final Kicks kicks = new Kicks(fixture.gateways);
  private final Connections connections =
      new DirectoryConnections(fixture.directory, kicks, fixture.gateways);
  private int sessionNumber;

  @Test
  @DisplayName("A device that connects has a session of its own, with the epoch of the fence")
  void open() {
    OpenSessionReply first = open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    OpenSessionReply second = open(DevicePolicy.DEFAULT, "bob", "web", "web", "g2", 1);

    assertThat(first.getEpoch()).isEqualTo(1);
    assertThat(second.getSessionId()).isNotEqualTo(first.getSessionId());
    assertThat(await(connections.online("bob"))).containsExactlyInAnyOrder("phone", "web");
    assertThat(fixture.gateways.kicked).isEmpty();
  }

  @Test
  @DisplayName("The loser's connection gets a bye that tells it not to come back")
  void replaced() {
    DevicePolicy single = new DevicePolicy(Rule.SINGLE, true);
    OpenSessionReply old = open(single, "bob", "phone", "android", "g1", 1);
    open(single, "bob", "web", "web", "g2", 1);

    assertThat(fixture.gateways.kicked)
        .containsExactly(
            new FakeGateways.Kicked("g1", old.getSessionId(), CloseCode.REPLACED.code()));
  }

  @Test
  @DisplayName("Where the older is preferred the newer is refused, and nobody is kicked")
  void refuses() {
    DevicePolicy older = new DevicePolicy(Rule.SINGLE, false);
    open(older, "bob", "phone", "android", "g1", 1);

    assertThat(refusal(() -> tryOpen(older, "bob", "web", "web", "g2", 1)))
        .isEqualTo(ErrorCode.SESSION_REFUSED);
    assertThat(fixture.gateways.kicked).isEmpty();
    assertThat(await(connections.online("bob"))).containsExactly("phone");
  }

  @Test
  @DisplayName("A login does not wait for the end of a loser whose gateway is silent")
  void silentLoser() {
    open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    fixture.gateways.silence("g1");

    assertThat(open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g2", 1).getEpoch())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("A late close of the earlier session leaves the newer one")
  void lateClose() {
    OpenSessionReply old = open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    OpenSessionReply newer = open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 2);

    close("bob", "phone", old);
    assertThat(await(connections.online("bob"))).containsExactly("phone");
    close("bob", "phone", newer);
    assertThat(await(connections.online("bob"))).isEmpty();
  }

  @Test
  @DisplayName("A lookup names the sessions of those who are connected, the others are left out")
  void lookup() {
    OpenSessionReply bob = open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 9);

    var reply =
        await(
            service(DevicePolicy.DEFAULT)
                .lookup(LookupRequest.newBuilder().addUserIds("bob").addUserIds("carol").build()));

    assertThat(reply.getUsersList()).hasSize(1);
    assertThat(reply.getUsers(0).getSessions(0))
        .isEqualTo(
            SessionRef.newBuilder()
                .setUserId("bob")
                .setDeviceId("phone")
                .setSessionId(bob.getSessionId())
                .setEpoch(1)
                .setConnection(9)
                .setPlatform("android")
                .build());
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"Android", "a b", "\u0007", "-x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  @DisplayName("A platform that is no lower case word is refused, by the field's name")
  void badPlatform(String platform) {
    var refused = refused(() -> tryOpen(DevicePolicy.DEFAULT, "bob", "phone", platform, "g1", 1));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.toError().getField()).isEqualTo("device.platform");
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {"", "a\nb", "12345678901234567890123456789012345678901234567890123456789012345"})
  @DisplayName("A device id that is empty, too long or has control characters is refused")
  void badDevice(String deviceId) {
    assertThat(refusal(() -> tryOpen(DevicePolicy.DEFAULT, "bob", deviceId, "web", "g1", 1)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("A token that was revoked between its check and the opening opens nothing")
  void revoked() {
    SessionService service =
        new SessionService(
            fixture.directory,
            new EpochStore() {
              @Override
              public Future<List<Optional<Long>>> take(List<EpochRequest> requests) {
                return Future.succeededFuture(List.of(Optional.empty()));
              }

              @Override
              public Future<Map<DeviceKey, Long>> current(List<DeviceKey> devices) {
                return Future.succeededFuture(Map.of());
              }
            },
            DevicePolicy.DEFAULT,
            kicks,
            () -> "s");

    assertThat(refusal(() -> service.open(request("bob", "phone", "web", "g1", 1), BUDGET)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(await(connections.online("bob"))).isEmpty();
  }

  @Test
  @DisplayName("Closing a user closes all devices at all gateways, or one; they may come back")
  void kick() {
    open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    open(DevicePolicy.DEFAULT, "bob", "web", "web", "g2", 1);
    open(DevicePolicy.DEFAULT, "carol", "phone", "android", "g1", 2);

    assertThat(await(connections.close("bob", Optional.of("web"), bye(), BUDGET))).isEqualTo(1);
    assertThat(await(connections.online("bob"))).containsExactly("phone");
    open(DevicePolicy.DEFAULT, "bob", "web", "web", "g2", 2);
    assertThat(await(connections.close("bob", Optional.empty(), bye(), BUDGET))).isEqualTo(2);

    assertThat(fixture.gateways.kicked)
        .extracting(FakeGateways.Kicked::gateway)
        .containsExactlyInAnyOrder("g2", "g1", "g2");
    assertThat(await(connections.online("bob"))).isEmpty();
    assertThat(await(connections.online("carol"))).containsExactly("phone");
    assertThat(await(connections.close("nobody", Optional.empty(), bye(), BUDGET))).isZero();
  }

  @Test
  @DisplayName("Shutting devices out closes them at both gateways and keeps their epochs out")
  void shutOut() {
    open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    open(DevicePolicy.DEFAULT, "bob", "web", "web", "g2", 1);

    int closed = await(connections.shutOut("bob", Map.of("phone", 2L, "web", 2L), bye(), BUDGET));

    assertThat(closed).isEqualTo(2);
    assertThat(await(connections.online("bob"))).isEmpty();
    SessionRecord late = Sessions.of("bob", "phone", "android", 2, "g1", 7);
    assertThat(await(fixture.directory.open(late, DevicePolicy.DEFAULT)))
        .isInstanceOf(OpenOutcome.Stale.class);
  }

  @Test
  @DisplayName("If a gateway does not answer it fails, and the same call again finishes the work")
  void shutOutAgain() {
    open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    fixture.gateways.silence("g1");
    Map<String, Long> epochs = Map.of("phone", 2L);

    assertThat(refusal(() -> connections.shutOut("bob", epochs, bye(), BUDGET)))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    fixture.gateways.speakAgain("g1");
    assertThat(await(connections.shutOut("bob", epochs, bye(), BUDGET))).isEqualTo(1);
  }

  @Test
  @DisplayName("A gateway that has left holds no connection: nobody waits for it")
  void shutOutGone() {
    open(DevicePolicy.DEFAULT, "bob", "phone", "android", "g1", 1);
    fixture.gateways.leave("g1");

    assertThat(await(connections.shutOut("bob", Map.of("phone", 2L), bye(), BUDGET))).isZero();
    assertThat(await(connections.online("bob"))).isEqualTo(Set.of());
  }

  private String nextSession() {
    return "s" + ++sessionNumber;
  }

  private SessionService service(DevicePolicy policy) {
    return new SessionService(fixture.directory, fixture.epochs, policy, kicks, this::nextSession);
  }

  private OpenSessionReply open(
      DevicePolicy policy,
      String userId,
      String deviceId,
      String platform,
      String gateway,
      long connection) {
    return await(tryOpen(policy, userId, deviceId, platform, gateway, connection));
  }

  private Future<OpenSessionReply> tryOpen(
      DevicePolicy policy,
      String userId,
      String deviceId,
      String platform,
      String gateway,
      long connection) {
    return service(policy).open(request(userId, deviceId, platform, gateway, connection), BUDGET);
  }

  private void close(String userId, String deviceId, OpenSessionReply session) {
    await(
        service(DevicePolicy.DEFAULT)
            .close(
                CloseSessionRequest.newBuilder()
                    .setSession(
                        SessionRef.newBuilder()
                            .setUserId(userId)
                            .setDeviceId(deviceId)
                            .setSessionId(session.getSessionId())
                            .setEpoch(session.getEpoch()))
                    .build()));
  }

  private static OpenSessionRequest request(
      String userId, String deviceId, String platform, String gateway, long connection) {
    return OpenSessionRequest.newBuilder()
        .setUserId(userId)
        .setDevice(Device.newBuilder().setId(deviceId).setPlatform(platform))
        .setGateway(gateway)
        .setGatewayBoot("boot-" + gateway)
        .setConnection(connection)
        .setTokenId(new TokenId(Optional.empty(), Instant.EPOCH, "j").encode())
        .build();
  }

  private static Bye bye() {
    return CloseCode.KICKED.toBye("test");
  }
}
