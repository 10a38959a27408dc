package io.skein.session;

import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.internal.v1.EraseUserRequest;
import io.skein.protocol.internal.v1.ForgetUserReply;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Presence and notify on a real bus, that note what they are told. */
final class FakePeers extends VerticleBase {
  private static final Rpc<ReportRequest, ReportReply> REPORT =
      Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class);
  private static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  private static final Rpc<EraseUserRequest, EraseUserReply> ERASE =
      Rpc.of("log.erase", EraseUserRequest.class, EraseUserReply.class);
  private static final Rpc<ForgetUserRequest, ForgetUserReply> FORGET_PRESENCE =
      Rpc.of("presencefeed.forget", ForgetUserRequest.class, ForgetUserReply.class);
  private static final Rpc<ForgetUserRequest, ForgetUserReply> FORGET_NOTIFIED =
      Rpc.of("notifyqueue.forget", ForgetUserRequest.class, ForgetUserReply.class);

  /** What was asked to be erased, in order: "log" with its cursor, "presence", "notify". */
  final List<String> erasures = new CopyOnWriteArrayList<>();

  /** Steps of the message service that fail before it answers. */
  final AtomicInteger failures = new AtomicInteger();

  final List<SessionChange> changes = new CopyOnWriteArrayList<>();
  final List<Hint> hints = new CopyOnWriteArrayList<>();
  private final Mesh mesh;
  private ServiceInstance presence;
  private ServiceInstance notify;
  private ServiceInstance message;

  FakePeers(Mesh mesh) {
    this.mesh = mesh;
  }

  @Override
  public Future<?> start() {
    presence =
        mesh.instance("presence")
            .handle(
                REPORT,
                call -> {
                  changes.addAll(call.request().getChangesList());
                  return Future.succeededFuture(ReportReply.getDefaultInstance());
                });
    presence.handle(FORGET_PRESENCE, call -> forgotten("presence"));
    message = mesh.instance("message").handle(ERASE, call -> erase(call.request()));
    notify =
        mesh.instance("notify")
            .handle(FORGET_NOTIFIED, call -> forgotten("notify"))
            .handle(
                ENQUEUE,
                call -> {
                  hints.addAll(call.request().getHintsList());
                  return Future.succeededFuture(EnqueueReply.getDefaultInstance());
                });
    return presence.start().compose(started -> notify.start()).compose(started -> message.start());
  }

  private Future<ForgetUserReply> forgotten(String what) {
    erasures.add(what);
    return Future.succeededFuture(ForgetUserReply.getDefaultInstance());
  }

  /** In three calls. */
  private Future<EraseUserReply> erase(EraseUserRequest request) {
    if (failures.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
      return Future.failedFuture(new SkeinException(ErrorCode.PERMISSION_DENIED, "planted"));
    }
    erasures.add("log " + request.getCursor());
    int next = request.getCursor().isEmpty() ? 1 : Integer.parseInt(request.getCursor()) + 1;
    return Future.succeededFuture(
        EraseUserReply.newBuilder()
            .setMore(next < 3)
            .setCursor(next < 3 ? String.valueOf(next) : "")
            .build());
  }

  @Override
  public Future<?> stop() {
    return presence.drain().eventually(notify::drain).eventually(message::drain);
  }
}
