package io.skein.mesh;

import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.internal.v1.Doubt;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a random instance of another node now and then. One that announces itself but cannot be
 * reached twice in a row has a damaged registration in the cluster's subscription map: its owner is
 * told to register again.
 */
final class Prober {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
  private static final long PROBE_EVERY_MS = 1_000;
  private static final long PROBE_TIMEOUT_MS = 2_000;
  private static final int DOUBTFUL = 2;

  /** Known to no handler: any answer shows that the address is reachable. */
  private static final BusCall PROBE = BusCall.newBuilder().setMethod("mesh.probe").build();

  private final Vertx vertx;
  private final Ring ring;
  private final NodeIdentity node;
  private final Map<String, Integer> misses = new HashMap<>();

  Prober(Vertx vertx, Ring ring, NodeIdentity node) {
    this.vertx = vertx;
    this.ring = ring;
    this.node = node;
  }

  void start() {
    vertx.setPeriodic(PROBE_EVERY_MS, tick -> probe());
  }

  private void probe() {
    List<Instance> remote = ring.all(instance -> !instance.nodeId().equals(node.nodeId()));
    if (remote.isEmpty()) {
      misses.clear();
      return;
    }
    String address = remote.get(ThreadLocalRandom.current().nextInt(remote.size())).address();
    vertx
        .eventBus()
        .<BusReply>request(address, PROBE, new DeliveryOptions().setSendTimeout(PROBE_TIMEOUT_MS))
        .onSuccess(reached -> misses.remove(address))
        .onFailure(missed -> doubt(address));
  }

  private void doubt(String address) {
    if (misses.merge(address, 1, Integer::sum) < DOUBTFUL) {
      return;
    }
    misses.remove(address);
    LOG.warn("Cannot reach {} although its node announces it", address);
    vertx.eventBus().publish(Roster.DOUBT, Doubt.newBuilder().addAddresses(address).build());
  }
}
