package io.skein.mesh;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skein.protocol.internal.v1.Announcement;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.internal.v1.Doubt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;

/** All that a service needs of the process it runs in, and its way to the other services. */
public final class Mesh {
  private final Vertx vertx;
  private final NodeIdentity node;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Ring ring = new Ring();
  private final Roster roster;
  private final Bus bus;

  private Mesh(Vertx vertx, NodeIdentity node, Clock clock, MeterRegistry meters) {
    this.vertx = vertx;
    this.node = node;
    this.clock = clock;
    this.meters = meters;
    this.roster = new Roster(vertx, node, ring);
    this.bus = new Bus(ring, node, new Caller(vertx, ring, node, meters));
    registerCodecs(vertx.eventBus());
  }

  /** A mesh of this process alone, for tests. One for each Vert.x. */
  public static Mesh local(Vertx vertx) {
    return local(vertx, "test", new SimpleMeterRegistry());
  }

  /** A mesh of this process alone, for dev mode: with the program's version and metrics. */
  public static Mesh local(Vertx vertx, String version, MeterRegistry meters) {
    return new Mesh(vertx, NodeIdentity.boot("local", version), Clock.systemUTC(), meters);
  }

  /** Joins the mesh of a clustered Vert.x; completes when this node listens to the others. */
  public static Future<Mesh> join(
      Vertx vertx, NodeIdentity node, Membership membership, MeterRegistry meters) {
    Mesh mesh = new Mesh(vertx, node, Clock.systemUTC(), meters);
    new Prober(vertx, mesh.ring, node).start();
    return mesh.roster.join(membership).map(mesh);
  }

  private static void registerCodecs(EventBus bus) {
    ProtobufCodec.register(bus, BusCall.class, BusCall.parser());
    ProtobufCodec.register(bus, BusReply.class, BusReply.parser());
    ProtobufCodec.register(bus, Announcement.class, Announcement.parser());
    ProtobufCodec.register(bus, Doubt.class, Doubt.parser());
  }

  /** A new instance of a service; on the context on which its handlers are to run. */
  public ServiceInstance instance(String service) {
    return new ServiceInstance(vertx, roster, node, service);
  }

  /** Says goodbye, so that the others forget this node at once. */
  public void leave() {
    roster.leave();
  }

  public Vertx vertx() {
    return vertx;
  }

  public Bus bus() {
    return bus;
  }

  public Ring ring() {
    return ring;
  }

  public NodeIdentity node() {
    return node;
  }

  public Clock clock() {
    return clock;
  }

  public MeterRegistry meters() {
    return meters;
  }
}
