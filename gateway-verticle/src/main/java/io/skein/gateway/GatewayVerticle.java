package io.skein.gateway;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.Timing;
import io.skein.gateway.http.HealthChecks;
import io.skein.gateway.http.HttpDoor;
import io.skein.gateway.session.GatewayIdentity;
import io.skein.mesh.Mesh;
import io.skein.mesh.Ring;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.BroadcastReply;
import io.skein.protocol.internal.v1.BroadcastRequest;
import io.skein.protocol.internal.v1.ForgetTokensReply;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One gateway instance on one event loop. Several may be deployed in a process: they share the
 * ports, and nothing else.
 */
public final class GatewayVerticle extends VerticleBase {
  private static final Rpc<PushRequest, PushReply> PUSH =
      Rpc.of("gateways.push", PushRequest.class, PushReply.class);
  private static final Rpc<BroadcastRequest, BroadcastReply> BROADCAST =
      Rpc.of("gateways.broadcast", BroadcastRequest.class, BroadcastReply.class);
  private static final Rpc<KickConnectionsRequest, KickConnectionsReply> KICK =
      Rpc.of("gateways.kick", KickConnectionsRequest.class, KickConnectionsReply.class);
  private static final Rpc<ForgetTokensRequest, ForgetTokensReply> FORGET_TOKENS =
      Rpc.of("gateways.forgetTokens", ForgetTokensRequest.class, ForgetTokensReply.class);

  private static final String SESSION = "session";

  /** Two announcements and some. */
  private static final Duration KNOWN_AFTER = Duration.ofSeconds(5);

  private final GatewayConfig config;
  private final HealthChecks checks;
  private final Mesh mesh;
  private ServiceInstance instance;
  private Gateway gateway;
  private Doors doors;
  private long sessionRing;

  /**
   * An instance that is not deployed yet.
   *
   * @param checks of the process, for the health paths of its HTTP doors
   */
  public GatewayVerticle(GatewayConfig config, HealthChecks checks, Mesh mesh) {
    this.config = config;
    this.checks = checks;
    this.mesh = mesh;
  }

  @Override
  public Future<?> start() {
    instance = mesh.instance("gateway");
    GatewayIdentity self = new GatewayIdentity(instance.id(), mesh.node().bootId());
    gateway = new Gateway(config, mesh, self, context);
    doors = new Doors(vertx, config, gateway.connections(), httpParts());
    startTimers();
    watchRing();
    gateway.around().metrics().watch(instance.id(), gateway.connections()::size);
    return serveTheBus().compose(ready -> doors.open()).onSuccess(open -> settle());
  }

  /**
   * It takes nodes a moment to learn of a new gateway, and what is meant for all gateways does not
   * reach it before: clients who came so early sync once more.
   */
  private void settle() {
    boolean alone =
        mesh.ring().instances("message").stream()
            .allMatch(message -> message.nodeId().equals(mesh.node().nodeId()));
    if (!alone) {
      vertx.setTimer(KNOWN_AFTER.toMillis(), known -> gateway.resyncAll("the gateway is new"));
    }
  }

  /** Sends all clients away and leaves; takes as long as the configured drain at most. */
  @Override
  public Future<?> stop() {
    Drain drain = new Drain(vertx, gateway.connections(), config.timing());
    Future<Void> closed = doors.shutdown(drain.longest());
    return drain
        .run()
        .eventually(() -> gateway.marks().flush())
        .eventually(() -> gateway.hints().send())
        .eventually(() -> instance.drain())
        .eventually(() -> closed)
        .onComplete(done -> gateway.around().metrics().close());
  }

  /** Where the doors are, once deployed. */
  public GatewayPorts ports() {
    return doors.ports();
  }

  private HttpDoor.Parts httpParts() {
    return new HttpDoor.Parts(
        vertx, config, gateway.connections(), gateway.bearers(), gateway.forwarding(), checks);
  }

  private Future<Void> serveTheBus() {
    return instance
        .handle(PUSH, call -> Future.succeededFuture(gateway.pushes().push(call.request())))
        .handle(BROADCAST, call -> gateway.rooms().broadcast(call.request()))
        .handle(KICK, call -> Future.succeededFuture(gateway.pushes().kick(call.request())))
        .handle(
            FORGET_TOKENS, call -> Future.succeededFuture(gateway.bearers().forget(call.request())))
        .start();
  }

  private void startTimers() {
    Timing timing = config.timing();
    vertx.setPeriodic(timing.tick().toMillis(), tick -> gateway.tick());
    vertx.setPeriodic(
        timing.countersEvery().toMillis(), tick -> gateway.reconciliation().compareCounters());
    vertx.setPeriodic(
        timing.reconcileEvery().toMillis(), tick -> gateway.reconciliation().reconcileAll());
  }

  /** Sessions get other owners when session instances come and go: those are told, with jitter. */
  private void watchRing() {
    sessionRing = mesh.ring().hash(SESSION);
    mesh.ring().onChange(ring -> context.runOnContext(turn -> ringChanged(ring)));
  }

  private void ringChanged(Ring ring) {
    long hash = ring.hash(SESSION);
    if (hash != sessionRing && !gateway.connections().isDraining()) {
      sessionRing = hash;
      long jitter = config.timing().countersEvery().toMillis();
      vertx.setTimer(
          1 + ThreadLocalRandom.current().nextLong(jitter),
          waited -> gateway.reconciliation().reconcileAll());
    }
  }
}
