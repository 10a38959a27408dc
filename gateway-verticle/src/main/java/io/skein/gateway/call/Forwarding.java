package io.skein.gateway.call;

import com.google.protobuf.ByteString;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.SendOrder;
import io.skein.mesh.Mesh;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.ShardKeys;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.BusCall;
import io.skein.protocol.internal.v1.BusReply;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.Error;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sends calls to the service that owns their method, with the caller, what is left of the time, and
 * the call that has to be done before.
 */
public final class Forwarding {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

  private final Mesh mesh;
  private final LongSupplier nanoTime;
  private final String tracePrefix;
  private long traces;

  /**
   * @param nanoTime monotonic clock, in nanoseconds
   * @param tracePrefix makes this instance's traces unique
   */
  public Forwarding(Mesh mesh, LongSupplier nanoTime, String tracePrefix) {
    this.mesh = mesh;
    this.nanoTime = nanoTime;
    this.tracePrefix = tracePrefix;
  }

  /** Sends the call of a connection and answers it there, in the order of its line. */
  void forward(Connection connection, int id, MethodInfo method, ByteString params) {
    CallerInfo caller = connection.caller();
    ShardKeys.Route route = ShardKeys.of(method, caller.getUserId(), params);
    SendOrder.Ticket ticket = enter(connection, route);
    BusCall call = newCall(method, caller, params);
    Attempt attempt =
        new Attempt(
            method, route.key(), call, ticket, nanoTime.getAsLong() + method.deadline().toNanos());
    attempt
        .send(FIRST_PAUSE)
        .onComplete(
            done -> {
              BusReply reply = done.succeeded() ? done.result() : internalError(done.cause());
              if (ticket != null) {
                connection.order().leave(ticket, reply.getError().getRetryable());
              }
              if (reply.hasError()) {
                connection.fail(id, reply.getError());
              } else {
                connection.reply(id, method, reply.getResult());
              }
            });
  }

  /** Keeps the place of a call that was refused at the door and may be repeated. */
  void refused(Connection connection, MethodInfo method, ByteString params) {
    ShardKeys.Route route = ShardKeys.of(method, connection.caller().getUserId(), params);
    if (!route.orderId().isEmpty()) {
      connection.order().refused(route.key(), route.orderId());
    }
  }

  /** Its place in the order; null: it needs none. */
  private static SendOrder.Ticket enter(Connection connection, ShardKeys.Route route) {
    if (route.orderId().isEmpty()) {
      return null;
    }
    return connection
        .order()
        .enter(route.key(), route.orderId())
        .orElseThrow(
            () ->
                new SkeinException(
                    ErrorCode.OUT_OF_ORDER,
                    "one sent before this was refused and may be repeated: repeat that first"));
  }

  /** Sends a call that has no order to keep. Never fails: errors are in the reply. */
  public Future<BusReply> forward(MethodInfo method, CallerInfo caller, ByteString params) {
    String key = ShardKeys.of(method, caller.getUserId(), params).key();
    return mesh.bus().forward(method, key, newCall(method, caller, params));
  }

  private BusCall newCall(MethodInfo method, CallerInfo caller, ByteString params) {
    return BusCall.newBuilder()
        .setMethod(method.name())
        .setCaller(caller)
        .setBudgetMs(Math.toIntExact(method.deadline().toMillis()))
        .setTrace(tracePrefix + Long.toString(++traces, Character.MAX_RADIX))
        .setParams(params)
        .build();
  }

  private static BusReply internalError(Throwable failure) {
    return BusReply.newBuilder().setError(SkeinException.errorOf(failure)).build();
  }

  /** One call with its tries; it waits for the one before it by asking again. */
  private final class Attempt {
    private final MethodInfo method;
    private final String key;
    private final BusCall call;
    private final SendOrder.Ticket ticket;
    private final long deadline;

    private Attempt(
        MethodInfo method, String key, BusCall call, SendOrder.Ticket ticket, long deadline) {
      this.method = method;
      this.key = key;
      this.call = call;
      this.ticket = ticket;
      this.deadline = deadline;
    }

    private Future<BusReply> send(Duration pause) {
      if (ticket == null) {
        return mesh.bus().forward(method, key, call);
      }
      String predecessor = ticket.predecessor();
      BusCall ordered =
          call.toBuilder().setPredecessor(predecessor).setBudgetMs(millisLeft()).build();
      return mesh.bus()
          .forward(method, key, ordered)
          .compose(reply -> isTooEarly(reply.getError()) ? again(reply, pause) : done(reply));
    }

    private Future<BusReply> again(BusReply reply, Duration pause) {
      if (ticket.isBlocked() || millisLeft() <= pause.toMillis()) {
        return done(reply);
      }
      Duration next = pause.multipliedBy(2);
      Duration nextPause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
      return mesh.vertx().timer(pause.toMillis()).compose(waited -> send(nextPause));
    }

    private int millisLeft() {
      return (int) Math.max(0, Duration.ofNanos(deadline - nanoTime.getAsLong()).toMillis());
    }

    private static boolean isTooEarly(Error error) {
      return error.getCode().equals(ErrorCode.OUT_OF_ORDER.word());
    }

    private static Future<BusReply> done(BusReply reply) {
      return Future.succeededFuture(reply);
    }
  }
}
