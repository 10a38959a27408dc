package io.skein.session.directory;

import io.skein.mesh.Instance;
import io.skein.mesh.Mesh;
import io.skein.mesh.Ring;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.CountersRequest;
import io.skein.protocol.internal.v1.MemoryReply;
import io.skein.session.device.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the directory of one instance, offers its methods, and keeps it true as time passes. */
public final class DirectoryParts {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryParts.class);
  private static final Duration TICK = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Ring ring;
  private final ServiceInstance instance;
  private final RedisDirectoryStore store;
  private final DirectoryMemory memory;
  private final Directory directory;
  private final PushCounters counters = new PushCounters();
  private final StoreMemory storeMemory;
  private final LastSeen lastSeen;
  private final Liveness liveness;
  private final SessionService sessions;
  private final DeliveryService deliveries;
  private final ReconcileService reconciles;
  private final Connections connections;
  private long timer;
  private boolean ticking;

  /**
   * @param patience how long the beat of a gateway that has left stands still before its sessions
   *     end
   */
  public DirectoryParts(
      Mesh mesh,
      ServiceInstance instance,
      Postgres postgres,
      RedisStore redis,
      DevicePolicy policy,
      Duration patience) {
    this.vertx = mesh.vertx();
    this.ring = mesh.ring();
    this.instance = instance;
    this.store = new RedisDirectoryStore(redis);
    this.memory = new DirectoryMemory(System::nanoTime);
    this.storeMemory = new StoreMemory(store);
    BusPeers peers = new BusPeers(mesh.bus(), ring);
    this.lastSeen = new LastSeen(postgres);
    PgEpochStore epochs = new PgEpochStore(postgres);
    this.directory =
        new Directory(
            store,
            memory,
            this::owns,
            SessionChanges.to(
                new PresenceReporter(vertx, peers), lastSeen, new SessionMetrics(mesh.meters())),
            System::nanoTime);
    Kicks kicks = new Kicks(peers);
    this.liveness = new Liveness(directory, memory, store, peers, patience, System::nanoTime);
    this.sessions =
        new SessionService(directory, epochs, policy, kicks, () -> UUID.randomUUID().toString());
    this.deliveries = new DeliveryService(directory, counters, peers, peers, System::nanoTime);
    this.reconciles =
        new ReconcileService(directory, memory, epochs, storeMemory, System::nanoTime);
    this.connections = new DirectoryConnections(directory, kicks, peers);
    mesh.meters().gauge("skein_directory_sessions", memory, DirectoryMemory::size);
  }

  /** To close connections by user and device. */
  public Connections connections() {
    return connections;
  }

  /** Registers the methods with the instance. */
  public void serve() {
    instance
        .handle(DirectoryMethods.OPEN, call -> sessions.open(call.request(), call.remaining()))
        .handle(DirectoryMethods.CLOSE, call -> sessions.close(call.request()))
        .handle(DirectoryMethods.LOOKUP, call -> sessions.lookup(call.request()))
        .handle(
            DirectoryMethods.DELIVER, call -> deliveries.deliver(call.request(), call.remaining()))
        .handle(DirectoryMethods.RECONCILE, call -> reconciles.reconcile(call.request()))
        .handle(
            DirectoryMethods.MEMORY,
            call ->
                store.memory().map(memory -> MemoryReply.newBuilder().setMemory(memory).build()))
        .handle(DirectoryMethods.COUNTERS, call -> counters(call.request()));
  }

  /** To be called on the context of the instance. */
  public void start() {
    ring.onChange(changed -> memory.retain(this::owns));
    timer = vertx.setPeriodic(0, TICK.toMillis(), now -> tick());
  }

  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** The question is a gateway's sign of life: it comes every two seconds. */
  private Future<CountersReply> counters(CountersRequest request) {
    String gateway = request.getGateway();
    CountersReply reply =
        CountersReply.newBuilder()
            .addAllCounters(counters.take(gateway))
            .setReconcile(storeMemory.isReconcileWanted(gateway))
            .build();
    store
        .beat(gateway)
        .onFailure(reason -> LOG.debug("The beat of {} was not noted", gateway, reason));
    return Future.succeededFuture(reply);
  }

  private void tick() {
    if (ticking) {
      return;
    }
    ticking = true;
    Set<String> known = new HashSet<>(memory.gateways());
    ring.instances("gateway").forEach(gateway -> known.add(gateway.id()));
    counters.retain(known);
    storeMemory.retain(known);
    Future.join(storeMemory.check(), liveness.sweep(), directory.recheck(), lastSeen.write())
        .onFailure(reason -> LOG.warn("The directory could not be examined: {}", reason.toString()))
        .onComplete(done -> ticking = false);
  }

  private boolean owns(String userId) {
    return ring.pick("session", userId).map(Instance::id).filter(instance.id()::equals).isPresent();
  }
}
