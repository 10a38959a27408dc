package io.skein.session.erase;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.internal.v1.EraseUserRequest;
import io.skein.protocol.internal.v1.ForgetUserReply;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.skein.protocol.v1.KickReply;
import io.skein.protocol.v1.KickRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** The other services, by the bus. */
final class BusErasers implements Erasers {
  private static final Rpc<KickRequest, KickReply> KICK =
      Rpc.of("sessions.kick", KickRequest.class, KickReply.class);
  private static final Rpc<EraseUserRequest, EraseUserReply> LOG =
      Rpc.of("log.erase", EraseUserRequest.class, EraseUserReply.class);
  private static final Rpc<ForgetUserRequest, ForgetUserReply> PRESENCE =
      Rpc.of("presencefeed.forget", ForgetUserRequest.class, ForgetUserReply.class);
  private static final Rpc<ForgetUserRequest, ForgetUserReply> NOTIFY =
      Rpc.of("notifyqueue.forget", ForgetUserRequest.class, ForgetUserReply.class);

  private final Bus bus;
  private final Duration budget;

  BusErasers(Bus bus, Duration budget) {
    this.bus = bus;
    this.budget = budget;
  }

  /** By the home instance of the user, which knows the sessions. */
  @Override
  public Future<Void> closeConnections(String userId) {
    KickRequest request =
        KickRequest.newBuilder()
            .setUserId(userId)
            .setReason(EraseService.REASON)
            .setRevoke(true)
            .build();
    return bus.call(KICK, userId, request, internal()).mapEmpty();
  }

  @Override
  public Future<Optional<String>> eraseLog(String userId, String cursor) {
    EraseUserRequest request =
        EraseUserRequest.newBuilder().setUserId(userId).setCursor(cursor).build();
    return bus.callAny(LOG, request, internal())
        .map(reply -> reply.getMore() ? Optional.of(reply.getCursor()) : Optional.empty());
  }

  @Override
  public Future<Void> forgetPresence(String userId) {
    return bus.callAny(PRESENCE, forget(userId), internal()).mapEmpty();
  }

  @Override
  public Future<Boolean> forgetNotified(String userId) {
    return bus.callAny(NOTIFY, forget(userId), internal()).map(ForgetUserReply::getMore);
  }

  private static ForgetUserRequest forget(String userId) {
    return ForgetUserRequest.newBuilder().setUserId(userId).build();
  }

  private CallContext internal() {
    return CallContext.internal(budget);
  }
}
