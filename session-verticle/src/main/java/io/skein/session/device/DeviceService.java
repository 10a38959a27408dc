package io.skein.session.device;

import com.google.protobuf.Timestamp;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.DeviceInfo;
import io.skein.protocol.v1.KickReply;
import io.skein.protocol.v1.KickRequest;
import io.skein.protocol.v1.ListDevicesReply;
import io.skein.protocol.v1.LogoutReply;
import io.skein.protocol.v1.RevokeDeviceReply;
import io.skein.protocol.v1.RevokeDeviceRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists devices and ends what they may do. */
public final class DeviceService {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceService.class);

  /** For work that nobody waits for. */
  private static final Duration OWN_BUDGET = Duration.ofSeconds(5);

  private static final int MAX_REASON = 256;

  private final DeviceStore devices;
  private final Connections connections;
  private final Consumer<Runnable> afterReply;

  /**
   * @param afterReply runs what is to happen when the reply of the running call is under way
   */
  public DeviceService(
      DeviceStore devices, Connections connections, Consumer<Runnable> afterReply) {
    this.devices = devices;
    this.connections = connections;
    this.afterReply = afterReply;
  }

  public Future<ListDevicesReply> list(CallerInfo caller) {
    return Future.all(devices.list(caller.getUserId()), connections.online(caller.getUserId()))
        .map(both -> reply(both.resultAt(0), both.resultAt(1)));
  }

  private static ListDevicesReply reply(List<KnownDevice> devices, Set<String> online) {
    ListDevicesReply.Builder reply = ListDevicesReply.newBuilder();
    for (KnownDevice device : devices) {
      reply.addDevices(
          DeviceInfo.newBuilder()
              .setId(device.deviceId())
              .setPlatform(device.platform())
              .setName(device.name())
              .setOnline(online.contains(device.deviceId()))
              .setLastSeenAt(timestamp(device.lastSeenAt())));
    }
    return reply.build();
  }

  /**
   * A device takes itself out. It gets the reply on the connection that then closes; if that cannot
   * be told to its gateway, the gateway learns it when it reconciles.
   */
  public Future<LogoutReply> logout(CallerInfo caller, Duration budget) {
    if (caller.getDeviceId().isEmpty()) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT,
          "this token is bound to no device: revoke a device, or log in with a deviceId");
    }
    Bye bye = CloseCode.LOGGED_OUT.toBye("logged out");
    String userId = caller.getUserId();
    return devices
        .revoke(userId, caller.getDeviceId(), false)
        .compose(
            epoch ->
                connections
                    .forgetTokens(userId, budget)
                    .onSuccess(
                        forgotten ->
                            afterReply.accept(
                                () -> close(userId, caller.getDeviceId(), epoch, bye))))
        .map(LogoutReply.getDefaultInstance());
  }

  private void close(String userId, String deviceId, Optional<Long> epoch, Bye bye) {
    epoch.ifPresent(
        known ->
            connections
                .shutOut(userId, Map.of(deviceId, known), bye, OWN_BUDGET)
                .onFailure(reason -> LOG.info("A device logged out but is connected yet", reason)));
  }

  public Future<RevokeDeviceReply> revoke(
      RevokeDeviceRequest request, CallerInfo caller, Duration budget) {
    String deviceId = DeviceIds.check(request.getDeviceId(), "deviceId");
    Bye bye = CloseCode.REVOKED.toBye("this device was revoked");
    return end(caller.getUserId(), deviceId, bye, budget)
        .map(RevokeDeviceReply.getDefaultInstance());
  }

  public Future<KickReply> kick(KickRequest request, Duration budget) {
    String userId = UserIds.check(request.getUserId(), "userId");
    String reason = request.getReason();
    if (reason.codePointCount(0, reason.length()) > MAX_REASON) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "a reason has at most " + MAX_REASON + " characters")
          .withField("reason");
    }
    Bye bye = CloseCode.KICKED.toBye(reason.isEmpty() ? "closed by the operator" : reason);
    Optional<String> deviceId =
        Optional.of(request.getDeviceId()).filter(device -> !device.isEmpty());
    return kick(userId, deviceId, request.getRevoke(), bye, budget)
        .map(closed -> KickReply.newBuilder().setClosed(closed).build());
  }

  private Future<Integer> kick(
      String userId, Optional<String> deviceId, boolean revoke, Bye bye, Duration budget) {
    if (!revoke) {
      return connections.close(userId, deviceId, bye, budget);
    }
    return deviceId
        .map(device -> end(userId, device, bye, budget))
        .orElseGet(() -> endAll(userId, bye, budget));
  }

  private Future<Integer> end(String userId, String deviceId, Bye bye, Duration budget) {
    return devices
        .revoke(userId, deviceId, true)
        .compose(
            epoch ->
                epoch.isEmpty()
                    ? Future.failedFuture(
                        new SkeinException(ErrorCode.NOT_FOUND, "there is no such device")
                            .withField("deviceId"))
                    : shutOut(userId, Map.of(deviceId, epoch.get()), bye, budget));
  }

  private Future<Integer> endAll(String userId, Bye bye, Duration budget) {
    return devices
        .revokeAll(userId)
        .compose(
            epochs ->
                epochs.isEmpty()
                    ? Future.failedFuture(
                        new SkeinException(ErrorCode.NOT_FOUND, "there is no such user")
                            .withField("userId"))
                    : shutOut(userId, epochs.get(), bye, budget));
  }

  private Future<Integer> shutOut(
      String userId, Map<String, Long> epochs, Bye bye, Duration budget) {
    return connections
        .forgetTokens(userId, budget)
        .compose(forgotten -> connections.shutOut(userId, epochs, bye, budget));
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
