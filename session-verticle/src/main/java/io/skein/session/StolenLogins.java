package io.skein.session;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.KickRequest;
import io.skein.session.account.StolenLines;
import io.skein.session.device.Connections;
import io.vertx.core.Future;
import java.time.Duration;

/** Shuts out the device whose refresh token was used twice: its home instance does it. */
final class StolenLogins implements StolenLines {
  private static final Duration BUDGET = Duration.ofSeconds(3);

  private final Bus bus;
  private final Connections connections;

  StolenLogins(Bus bus, Connections connections) {
    this.bus = bus;
    this.connections = connections;
  }

  @Override
  public Future<Void> ended(String userId, String deviceId) {
    if (deviceId.isEmpty()) {
      return connections.forgetTokens(userId, BUDGET);
    }
    KickRequest request =
        KickRequest.newBuilder()
            .setUserId(userId)
            .setDeviceId(deviceId)
            .setReason("a refresh token of this device was used twice")
            .setRevoke(true)
            .build();
    return bus.call(SessionMethods.KICK, userId, request, CallContext.internal(BUDGET))
        .<Void>mapEmpty()
        .recover(StolenLogins::neverConnected);
  }

  private static Future<Void> neverConnected(Throwable failure) {
    return failure instanceof SkeinException expected && expected.code() == ErrorCode.NOT_FOUND
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }
}
