package io.skein.presence;

import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.v1.UnwatchReply;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Presence on the mesh. Several instances may run; users are spread over them by their ids. */
public final class PresenceVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceVerticle.class);
  private static final long TICK_MS = 100;
  private static final long SWEEP_MS = 2_000;

  private final PresenceConfig config;
  private final Mesh mesh;
  private final RedisStore redis;
  private ServiceInstance instance;

  public PresenceVerticle(PresenceConfig config, Mesh mesh, RedisStore redis) {
    this.config = config;
    this.mesh = mesh;
    this.redis = redis;
  }

  @Override
  public Future<?> start() {
    PresenceStore store = new RedisPresenceStore(redis);
    WatcherPush push = new WatcherPush(store, mesh.bus(), mesh.ring());
    Announcer announcer = new Announcer(config, System::nanoTime, push::tell);
    PresenceService service = new PresenceService(store, announcer, config, mesh.clock());
    GoneNodes gone =
        new GoneNodes(
            store, announcer, mesh.ring()::bootIds, config, mesh.clock(), System::nanoTime);

    vertx.setPeriodic(TICK_MS, tick -> logged("telling watchers", announcer.tick()));
    vertx.setPeriodic(SWEEP_MS, tick -> logged("looking for gone nodes", gone.sweep()));
    instance =
        mesh.instance("presence")
            .handle(
                Rpc.of("presence.watch", WatchRequest.class, WatchReply.class),
                call -> service.watch(call.caller(), call.request()))
            .handle(
                Rpc.of("presence.unwatch", UnwatchRequest.class, UnwatchReply.class),
                call -> service.unwatch(call.caller(), call.request()))
            .handle(
                Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class),
                call -> service.report(call.request()));
    return instance.start();
  }

  private static void logged(String what, Future<Void> work) {
    work.onFailure(failure -> LOG.warn("Failed: {}: {}", what, failure.toString()));
  }

  @Override
  public Future<?> stop() {
    return instance.drain();
  }
}
