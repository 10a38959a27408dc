package io.skein.mesh;

import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a service on the bus. Made, started and drained on one context, on which all
 * handlers run. A handler's Future becomes exactly one reply, its exceptions included.
 */
public final class ServiceInstance {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceInstance.class);
  private static final long DRAIN_TIME_MS = 10_000;
  private static final long DRAIN_GRACE_MS = 200;

  private final Vertx vertx;
  private final Roster roster;
  private final Instance instance;
  private final Map<String, Function<BusCall, Future<BusReply>>> handlers = new HashMap<>();
  private MessageConsumer<BusCall> consumer;
  private Promise<Void> idle;
  private int inFlight;

  ServiceInstance(Vertx vertx, Roster roster, NodeIdentity node, String service) {
    this.vertx = vertx;
    this.roster = roster;
    String id = UUID.randomUUID().toString();
    this.instance = new Instance(service, id, node.nodeId(), node.bootId());
  }

  public String id() {
    return instance.id();
  }

  /** Offers a method; before start. */
  public <Q extends Message, R extends Message> ServiceInstance handle(
      Rpc<Q, R> rpc, Function<Call<Q>, Future<R>> handler) {
    if (!rpc.info().owner().equals(instance.service())) {
      throw new IllegalArgumentException(rpc + " belongs to " + rpc.info().owner());
    }
    handlers.put(
        rpc.name(),
        call ->
            handler
                .apply(
                    new Call<>(
                        rpc.decodeRequest(call.getParams()),
                        call.getCaller(),
                        Duration.ofMillis(Integer.toUnsignedLong(call.getBudgetMs())),
                        call.getTrace(),
                        call.getPredecessor()))
                .map(reply -> BusReply.newBuilder().setResult(reply.toByteString()).build()));
    return this;
  }

  /** Completes when the instance can be called from every node, and is known to be ready. */
  public Future<Void> start() {
    return register().onSuccess(done -> roster.add(instance, this::register));
  }

  /** Also mends a registration that the cluster lost. */
  private Future<Void> register() {
    MessageConsumer<BusCall> earlier = consumer;
    consumer = vertx.eventBus().consumer(instance.address(), message -> answer(message));
    Future<Void> gone = earlier == null ? Future.succeededFuture() : earlier.unregister();
    return gone.compose(unregistered -> consumer.completion());
  }

  /** Leaves the ring, finishes what is under way (for ten seconds at most), then unregisters. */
  public Future<Void> drain() {
    roster.remove(instance);
    return grace()
        .compose(late -> untilIdle())
        .eventually(() -> consumer == null ? Future.succeededFuture() : consumer.unregister());
  }

  /** For the other nodes to hear that this instance leaves; what they sent before is answered. */
  private Future<Void> grace() {
    return roster.isAlone() ? Future.succeededFuture() : vertx.timer(DRAIN_GRACE_MS).mapEmpty();
  }

  private Future<Void> untilIdle() {
    idle = Promise.promise();
    if (inFlight == 0) {
      idle.complete();
    }
    long limit = vertx.setTimer(DRAIN_TIME_MS, late -> idle.tryComplete());
    return idle.future().onComplete(done -> vertx.cancelTimer(limit));
  }

  private void answer(io.vertx.core.eventbus.Message<BusCall> message) {
    inFlight++;
    run(message.body())
        .otherwise(failure -> errorReply(message.body(), failure))
        .onSuccess(message::reply)
        .onComplete(done -> finished());
  }

  private Future<BusReply> run(BusCall call) {
    Function<BusCall, Future<BusReply>> handler = handlers.get(call.getMethod());
    if (handler == null) {
      return Future.failedFuture(
          new SkeinException(
              ErrorCode.UNIMPLEMENTED, instance.service() + " does not know " + call.getMethod()));
    }
    try {
      return handler.apply(call);
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private void finished() {
    inFlight--;
    if (idle != null && inFlight == 0) {
      idle.tryComplete();
    }
  }

  private static BusReply errorReply(BusCall call, Throwable failure) {
    if (!(failure instanceof SkeinException)) {
      LOG.error("{} failed, trace {}", call.getMethod(), call.getTrace(), failure);
    }
    return BusReply.newBuilder().setError(SkeinException.errorOf(failure)).build();
  }
}
