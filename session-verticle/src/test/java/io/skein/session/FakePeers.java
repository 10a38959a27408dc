package io.skein.session;

import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.internal.v1.SessionChange;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Presence and notify on a real bus, that note what they are told. */
final class FakePeers extends VerticleBase {
  private static final Rpc<ReportRequest, ReportReply> REPORT =
      Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class);
  private static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  final List<SessionChange> changes = new CopyOnWriteArrayList<>();
  final List<Hint> hints = new CopyOnWriteArrayList<>();
  private final Mesh mesh;
  private ServiceInstance presence;
  private ServiceInstance notify;

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
    notify =
        mesh.instance("notify")
            .handle(
                ENQUEUE,
                call -> {
                  hints.addAll(call.request().getHintsList());
                  return Future.succeededFuture(EnqueueReply.getDefaultInstance());
                });
    return presence.start().compose(started -> notify.start());
  }

  @Override
  public Future<?> stop() {
    return presence.drain().eventually(notify::drain);
  }
}
