package io.skein.session.device;

import static io.skein.session.Outcomes.await;
import static io.skein.session.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.KickRequest;
import io.skein.protocol.v1.RevokeDeviceRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeviceServiceTest {
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final CallerInfo ALICE =
      CallerInfo.newBuilder()
          .setKind(CallerInfo.Kind.USER)
          .setUserId("alice")
          .setDeviceId("phone")
          .build();

  /** What happened, in order. */
  private final List<String> events = new ArrayList<>();

  private final Map<String, Long> epochs = new TreeMap<>(Map.of("phone", 3L, "web", 8L));
  private final List<Runnable> later = new ArrayList<>();
  private boolean gatewaysAnswer = true;
  private final DeviceService devices = new DeviceService(new Store(), new Closing(), later::add);

  @Test
  @DisplayName("The list says which devices are online")
  void list() {
    var reply = await(devices.list(ALICE));

    assertThat(reply.getDevicesList())
        .extracting(it -> it.getId() + " " + it.getOnline())
        .containsExactly("phone true", "web false");
  }

  @Test
  @DisplayName("A revocation is true in the store first, then at the gateways, then answered")
  void revoke() {
    await(devices.revoke(revoke("web"), ALICE, BUDGET));

    assertThat(events)
        .containsExactly(
            "revoke alice/web",
            "forget alice",
            "shut out alice {web=9} " + CloseCode.REVOKED.code());
  }

  @Test
  @DisplayName("A revocation that cannot reach a gateway is not answered as done")
  void revokeFails() {
    gatewaysAnswer = false;
    assertThat(refusal(() -> devices.revoke(revoke("web"), ALICE, BUDGET)))
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  @DisplayName("A device that is not there is not found")
  void unknown() {
    assertThat(refusal(() -> devices.revoke(revoke("none"), ALICE, BUDGET)))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(() -> devices.revoke(revoke(""), ALICE, BUDGET)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("A logout is answered before its own connection closes")
  void logout() {
    await(devices.logout(ALICE, BUDGET));
    assertThat(events).containsExactly("revoke alice/phone", "forget alice");

    later.forEach(Runnable::run);
    assertThat(events.getLast())
        .isEqualTo("shut out alice {phone=4} " + CloseCode.LOGGED_OUT.code());
  }

  @Test
  @DisplayName("Without a device there is nothing to log out")
  void logoutNowhere() {
    CallerInfo caller = ALICE.toBuilder().clearDeviceId().build();
    assertThat(refusal(() -> devices.logout(caller, BUDGET))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(events).isEmpty();
  }

  @Test
  @DisplayName("A kick closes and leaves the tokens; with revoke it ends them")
  void kick() {
    KickRequest request = KickRequest.newBuilder().setUserId("alice").setReason("spam").build();

    assertThat(await(devices.kick(request, BUDGET)).getClosed()).isEqualTo(2);
    await(devices.kick(request.toBuilder().setDeviceId("web").build(), BUDGET));
    await(devices.kick(request.toBuilder().setDeviceId("web").setRevoke(true).build(), BUDGET));
    assertThat(events)
        .containsExactly(
            "close alice all spam",
            "close alice web spam",
            "revoke alice/web",
            "forget alice",
            "shut out alice {web=9} " + CloseCode.KICKED.code());

    events.clear();
    await(devices.kick(request.toBuilder().setRevoke(true).build(), BUDGET));
    assertThat(events)
        .containsExactly(
            "revoke all alice",
            "forget alice",
            "shut out alice {phone=3, web=9} " + CloseCode.KICKED.code());
    KickRequest nobody = request.toBuilder().setUserId("nobody").setRevoke(true).build();
    assertThat(refusal(() -> devices.kick(nobody, BUDGET))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  private static RevokeDeviceRequest revoke(String deviceId) {
    return RevokeDeviceRequest.newBuilder().setDeviceId(deviceId).build();
  }

  private final class Store implements DeviceStore {
    @Override
    public Future<List<KnownDevice>> list(String userId) {
      return Future.succeededFuture(
          List.of(
              new KnownDevice("phone", "android", "Phone", Instant.EPOCH),
              new KnownDevice("web", "web", "", Instant.EPOCH)));
    }

    @Override
    public Future<Optional<Long>> revoke(String userId, String deviceId, boolean known) {
      if (known && !epochs.containsKey(deviceId)) {
        return Future.succeededFuture(Optional.empty());
      }
      events.add("revoke " + userId + "/" + deviceId);
      return Future.succeededFuture(Optional.of(epochs.merge(deviceId, 1L, Long::sum)));
    }

    @Override
    public Future<Optional<Map<String, Long>>> revokeAll(String userId) {
      if (!userId.equals("alice")) {
        return Future.succeededFuture(Optional.empty());
      }
      events.add("revoke all " + userId);
      return Future.succeededFuture(Optional.of(epochs));
    }
  }

  private final class Closing implements Connections {
    @Override
    public Future<Set<String>> online(String userId) {
      return Future.succeededFuture(Set.of("phone"));
    }

    @Override
    public Future<Integer> close(
        String userId, Optional<String> deviceId, Bye bye, Duration budget) {
      events.add("close " + userId + " " + deviceId.orElse("all") + " " + bye.getReason());
      return Future.succeededFuture(2);
    }

    @Override
    public Future<Integer> shutOut(
        String userId, Map<String, Long> devices, Bye bye, Duration budget) {
      if (!gatewaysAnswer) {
        return Future.failedFuture(new SkeinException(ErrorCode.UNAVAILABLE, "no answer"));
      }
      events.add("shut out " + userId + " " + devices + " " + bye.getCode());
      return Future.succeededFuture(1);
    }

    @Override
    public Future<Void> forgetTokens(String userId, Duration budget) {
      events.add("forget " + userId);
      return Future.succeededFuture();
    }
  }
}
