package io.skein.presence;

import io.skein.mesh.Mesh;
import io.skein.mesh.Repeating;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.presence.block.BlockService;
import io.skein.presence.block.PgBlockStore;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ForgetUserReply;
import io.skein.protocol.internal.v1.ForgetUserRequest;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;
import io.skein.protocol.v1.BlockReply;
import io.skein.protocol.v1.BlockRequest;
import io.skein.protocol.v1.BlockedReply;
import io.skein.protocol.v1.BlockedRequest;
import io.skein.protocol.v1.ExportContactsRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.UnblockReply;
import io.skein.protocol.v1.UnblockRequest;
import io.skein.protocol.v1.UnwatchReply;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Presence on the mesh. Several instances may run; users are spread over them by their ids. */
public final class PresenceVerticle extends VerticleBase {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofSeconds(2);

  private final PresenceConfig config;
  private final Mesh mesh;
  private final Postgres postgres;
  private final RedisStore redis;
  private final List<Repeating> repeating = new ArrayList<>();
  private ServiceInstance instance;

  /** The stores stay open when this verticle ends. */
  public PresenceVerticle(PresenceConfig config, Mesh mesh, Postgres postgres, RedisStore redis) {
    this.config = config;
    this.mesh = mesh;
    this.postgres = postgres;
    this.redis = redis;
  }

  @Override
  public Future<?> start() {
    PresenceStore store = new RedisPresenceStore(redis);
    WatchStore watches = new RedisWatchStore(redis);
    PresenceMetrics metrics = new PresenceMetrics(mesh.meters());
    WatcherPush push = new WatcherPush(store, watches, mesh.bus(), mesh.ring(), metrics);
    Announcer announcer = new Announcer(config, System::nanoTime, push::tell);
    PresenceService service =
        new PresenceService(store, watches, announcer, config, metrics, mesh.clock());
    GoneNodes gone =
        new GoneNodes(
            store,
            watches,
            announcer,
            mesh.ring()::bootIds,
            config,
            mesh.clock(),
            System::nanoTime);
    Leftovers leftovers = new Leftovers(store, announcer, config, mesh.clock());

    repeat("telling watchers", TICK, announcer::tick);
    repeat("looking for gone nodes", SWEEP, gone::sweep);
    repeat("looking for untold changes", SWEEP, leftovers::sweep);
    repeat("counting who is there", SWEEP, () -> metrics.look(store, watches));
    BlockService blocks = BlockService.over(new PgBlockStore(postgres), mesh.bus());
    instance =
        mesh.instance("presence")
            .handle(
                Rpc.of("contacts.block", BlockRequest.class, BlockReply.class),
                call -> blocks.block(call.caller(), call.request()))
            .handle(
                Rpc.of("contacts.unblock", UnblockRequest.class, UnblockReply.class),
                call -> blocks.unblock(call.caller(), call.request()))
            .handle(
                Rpc.of("contacts.blocked", BlockedRequest.class, BlockedReply.class),
                call -> blocks.blocked(call.caller(), call.request()))
            .handle(
                Rpc.of("presence.watch", WatchRequest.class, WatchReply.class),
                call -> service.watch(call.caller(), call.request()))
            .handle(
                Rpc.of("presence.unwatch", UnwatchRequest.class, UnwatchReply.class),
                call -> service.unwatch(call.caller(), call.request()))
            .handle(
                Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class),
                call -> service.report(call.request()))
            .handle(
                Rpc.of("presencefeed.forget", ForgetUserRequest.class, ForgetUserReply.class),
                call ->
                    blocks
                        .forget(call.request().getUserId())
                        .compose(unblocked -> service.forget(call.request())))
            .handle(
                Rpc.of("contacts.export", ExportContactsRequest.class, ExportReply.class),
                call -> blocks.export(call.caller(), call.request()));
    return instance.start();
  }

  private void repeat(String what, Duration pause, Supplier<Future<?>> work) {
    repeating.add(Repeating.start(vertx, what, pause, work));
  }

  /** What is still to be told is found in the store by the others. */
  @Override
  public Future<?> stop() {
    return instance
        .drain()
        .eventually(() -> Future.join(repeating.stream().map(Repeating::stop).toList()));
  }
}
