package io.skein.message;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.mesh.Instance;
import io.skein.mesh.Ring;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.BroadcastReply;
import io.skein.protocol.internal.v1.BroadcastRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** One bus call for each gateway, however many members there are. */
final class GatewayBroadcast implements Broadcaster {
  private static final Rpc<BroadcastRequest, BroadcastReply> BROADCAST =
      Rpc.of("gateways.broadcast", BroadcastRequest.class, BroadcastReply.class);
  private static final String GATEWAY = "gateway";

  private final Bus bus;
  private final Ring ring;
  private final Duration budget;

  GatewayBroadcast(Bus bus, Ring ring, Duration budget) {
    this.bus = bus;
    this.ring = ring;
    this.budget = budget;
  }

  /** Fails also while a node has not said yet what it runs: it may be a gateway. */
  @Override
  public Future<Void> broadcast(List<Broadcast> broadcasts) {
    if (broadcasts.isEmpty()) {
      return Future.succeededFuture();
    }
    boolean complete = ring.isComplete();
    BroadcastRequest request = BroadcastRequest.newBuilder().addAllBroadcasts(broadcasts).build();
    return Future.join(
            ring.instances(GATEWAY).stream().map(gateway -> call(gateway, request)).toList())
        .compose(
            all ->
                complete
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new SkeinException(
                            ErrorCode.UNAVAILABLE, "not all nodes have said what they run")));
  }

  /** The users of a gateway that is gone come back through another one, and sync. */
  private Future<BroadcastReply> call(Instance gateway, BroadcastRequest request) {
    return bus.callInstance(BROADCAST, gateway.id(), request, CallContext.internal(budget))
        .recover(
            failure ->
                ring.instances(GATEWAY).contains(gateway)
                    ? Future.failedFuture(failure)
                    : Future.succeededFuture(BroadcastReply.getDefaultInstance()));
  }
}
