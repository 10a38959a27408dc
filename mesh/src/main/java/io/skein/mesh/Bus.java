package io.skein.mesh;

import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Typed calls between verticles. The event bus below is best effort: a call has a budget, is tried
 * again where its error says retryable and the method is idempotent, and every call gets exactly
 * one reply or failure. Failures are {@link SkeinException}s. Replies come on the caller's context.
 * Thread-safe.
 */
public final class Bus {
  private final Ring ring;
  private final NodeIdentity node;
  private final Caller caller;

  Bus(Ring ring, NodeIdentity node, Caller caller) {
    this.ring = ring;
    this.node = node;
    this.caller = caller;
  }

  /** Calls the home instance of a key. */
  public <Q extends Message, R extends Message> Future<R> call(
      Rpc<Q, R> rpc, String key, Q request, CallContext context) {
    return typed(rpc, request, context, () -> ring.pick(rpc.info().owner(), key));
  }

  /** Calls any instance, one of this node first. */
  public <Q extends Message, R extends Message> Future<R> callAny(
      Rpc<Q, R> rpc, Q request, CallContext context) {
    return typed(rpc, request, context, () -> nearest(rpc.info().owner()));
  }

  /** Calls one instance. */
  public <Q extends Message, R extends Message> Future<R> callInstance(
      Rpc<Q, R> rpc, String instanceId, Q request, CallContext context) {
    return typed(rpc, request, context, () -> named(rpc.info().owner(), instanceId));
  }

  /** Calls every instance that is ready now; fails if one of them fails. */
  public <Q extends Message, R extends Message> Future<List<R>> callAll(
      Rpc<Q, R> rpc, Q request, CallContext context) {
    List<Future<R>> calls =
        ring.instances(rpc.info().owner()).stream()
            .map(instance -> callInstance(rpc, instance.id(), request, context))
            .toList();
    return Future.join(calls).map(all -> calls.stream().map(Future::result).toList());
  }

  /**
   * Passes a client's call on without looking into its params. Never fails: errors are in the
   * reply.
   *
   * @param key shard key; empty: any instance
   */
  public Future<BusReply> forward(MethodInfo method, String key, BusCall call) {
    String owner = method.owner();
    return caller.call(method, call, () -> key.isEmpty() ? nearest(owner) : ring.pick(owner, key));
  }

  private <Q extends Message, R extends Message> Future<R> typed(
      Rpc<Q, R> rpc, Q request, CallContext context, Supplier<Optional<Instance>> target) {
    BusCall call =
        BusCall.newBuilder()
            .setMethod(rpc.name())
            .setCaller(context.caller())
            .setBudgetMs(Math.toIntExact(context.budget().toMillis()))
            .setTrace(context.trace())
            .setParams(request.toByteString())
            .setRingHash(ring.hash(rpc.info().owner()))
            .build();
    return caller.call(rpc.info(), call, target).map(reply -> resultOf(rpc, reply));
  }

  private static <R extends Message> R resultOf(Rpc<?, R> rpc, BusReply reply) {
    return switch (reply.getOutcomeCase()) {
      case RESULT -> rpc.decodeReply(reply.getResult());
      case ERROR -> throw SkeinException.from(reply.getError());
      case OUTCOME_NOT_SET ->
          throw new SkeinException(ErrorCode.INTERNAL, rpc.name() + " answered nothing");
    };
  }

  private Optional<Instance> nearest(String service) {
    List<Instance> all = ring.instances(service);
    return all.stream()
        .filter(instance -> instance.nodeId().equals(node.nodeId()))
        .findFirst()
        .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(caller.anyOf(all)));
  }

  private Optional<Instance> named(String service, String id) {
    return ring.instances(service).stream()
        .filter(instance -> instance.id().equals(id))
        .findFirst();
  }
}
