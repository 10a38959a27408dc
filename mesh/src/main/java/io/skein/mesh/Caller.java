package io.skein.mesh;

import io.micrometer.core.instrument.MeterRegistry;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.v1.Error;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes calls: attempts within a budget, with a bound on what is under way to each instance. */
final class Caller {
  /** The bus has no backpressure of its own; beyond this the load is shed. */
  private static final int MAX_IN_FLIGHT = 20_000;

  private final Vertx vertx;
  private final NodeIdentity node;
  private final MeterRegistry meters;
  private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

  Caller(Vertx vertx, Ring ring, NodeIdentity node, MeterRegistry meters) {
    this.vertx = vertx;
    this.node = node;
    this.meters = meters;
    ring.onChange(changed -> inFlight.values().removeIf(count -> count.get() == 0));
  }

  /** Never fails: errors are in the reply. The target is chosen anew for each attempt. */
  Future<BusReply> call(MethodInfo method, BusCall call, Supplier<Optional<Instance>> target) {
    Promise<BusReply> reply = Promise.promise();
    Duration budget = Duration.ofMillis(Integer.toUnsignedLong(call.getBudgetMs()));
    new Attempts(method, call, target, System.nanoTime() + budget.toNanos(), reply).next();
    return reply.future();
  }

  Instance anyOf(List<Instance> instances) {
    return instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
  }

  /** What one attempt gave, and whether it may have reached its target. */
  private record Outcome(BusReply reply, boolean delivered) {
    static Outcome failed(ErrorCode code, String message, boolean delivered) {
      Error error = new SkeinException(code, message).toError();
      return new Outcome(BusReply.newBuilder().setError(error).build(), delivered);
    }
  }

  private final class Attempts {
    private final MethodInfo method;
    private final BusCall call;
    private final Supplier<Optional<Instance>> target;
    private final long deadline;
    private final Promise<BusReply> reply;
    private int made;

    private Attempts(
        MethodInfo method,
        BusCall call,
        Supplier<Optional<Instance>> target,
        long deadline,
        Promise<BusReply> reply) {
      this.method = method;
      this.call = call;
      this.target = target;
      this.deadline = deadline;
      this.reply = reply;
    }

    private void next() {
      long leftMs = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      Future<Outcome> attempt =
          target
              .get()
              .map(instance -> attempt(instance, leftMs))
              .orElseGet(() -> Future.succeededFuture(nobody()));
      made++;
      attempt.onSuccess(this::settle).onFailure(reply::tryFail);
    }

    private Outcome nobody() {
      return Outcome.failed(
          ErrorCode.UNAVAILABLE, "no instance of " + method.owner() + " is ready", false);
    }

    private Future<Outcome> attempt(Instance instance, long leftMs) {
      AtomicInteger count = inFlight.computeIfAbsent(instance.id(), first -> new AtomicInteger());
      if (count.incrementAndGet() > MAX_IN_FLIGHT) {
        count.decrementAndGet();
        return Future.succeededFuture(
            Outcome.failed(ErrorCode.OVERLOADED, method.owner() + " has too much to do", false));
      }
      long timeout = method.idempotent() ? Math.min(leftMs, Retries.ATTEMPT.toMillis()) : leftMs;
      DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout);
      if (instance.nodeId().equals(node.nodeId())) {
        options.setLocalOnly(true);
      }
      BusCall sent = made == 0 ? call : call.toBuilder().setBudgetMs((int) leftMs).build();
      return vertx
          .eventBus()
          .<BusReply>request(instance.address(), sent, options)
          .map(message -> new Outcome(message.body(), true))
          .otherwise(failure -> outcomeOf(failure, instance))
          .onComplete(done -> count.decrementAndGet());
    }

    private Outcome outcomeOf(Throwable failure, Instance instance) {
      if (failure instanceof ReplyException refused) {
        if (refused.failureType() == ReplyFailure.TIMEOUT) {
          return Outcome.failed(
              ErrorCode.DEADLINE_EXCEEDED, method.name() + " was not answered in time", true);
        }
        if (refused.failureType() == ReplyFailure.NO_HANDLERS) {
          return Outcome.failed(
              ErrorCode.UNAVAILABLE, method.owner() + " " + instance.id() + " is not there", false);
        }
      }
      return Outcome.failed(ErrorCode.INTERNAL, "the bus failed: " + failure.getMessage(), true);
    }

    private void settle(Outcome outcome) {
      if (!outcome.reply.hasError()) {
        reply.complete(outcome.reply);
        return;
      }
      long waitMs = Retries.waitMs(made);
      boolean inTime = System.nanoTime() + waitMs * 1_000_000 < deadline;
      if (inTime && Retries.again(method, outcome.reply.getError(), outcome.delivered)) {
        vertx.setTimer(waitMs, timer -> next());
        return;
      }
      countError(outcome.reply.getError());
      reply.complete(outcome.reply);
    }

    private void countError(Error error) {
      meters
          .counter("skein_bus_errors_total", "method", method.name(), "code", error.getCode())
          .increment();
    }
  }
}
