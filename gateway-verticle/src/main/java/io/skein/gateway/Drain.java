package io.skein.gateway;

import io.skein.gateway.config.Timing;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Connections;
import io.skein.protocol.CloseCode;
import io.skein.protocol.v1.Bye;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends all connections away, spread over some time: whoever takes them in should not get them all
 * at once.
 */
final class Drain {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int AFTER_MILLIS = 100;

  private final Vertx vertx;
  private final Connections connections;
  private final Timing timing;

  Drain(Vertx vertx, Connections connections, Timing timing) {
    this.vertx = vertx;
    this.connections = connections;
    this.timing = timing;
  }

  /** The longest that {@link #run} takes. */
  Duration longest() {
    return timing.drainSpread().plus(timing.drainWait()).plus(timing.closeLinger());
  }

  /** Completed when all are gone, or the longest time has passed. */
  Future<Void> run() {
    connections.stopAccepting();
    Deque<Connection> left = new ArrayDeque<>(connections.all());
    int steps = Math.max(1, (int) timing.drainSpread().dividedBy(STEP));
    int perStep = left.size() / steps + 1;
    return sendAway(left, perStep).compose(sent -> allGone(System.nanoTime()));
  }

  private Future<Void> sendAway(Deque<Connection> left, int perStep) {
    for (int i = 0; i < perStep && !left.isEmpty(); i++) {
      left.remove().closeWhenIdle(bye());
    }
    return left.isEmpty()
        ? Future.succeededFuture()
        : pause().compose(waited -> sendAway(left, perStep));
  }

  private Bye bye() {
    int jitter = Math.toIntExact(timing.drainSpread().toMillis());
    return CloseCode.DRAIN.toBye("the server drains: come back", AFTER_MILLIS, jitter);
  }

  private Future<Void> allGone(long since) {
    long longest = timing.drainWait().plus(timing.closeLinger()).toNanos();
    return connections.size() == 0 || System.nanoTime() - since > longest
        ? Future.succeededFuture()
        : pause().compose(waited -> allGone(since));
  }

  private Future<Void> pause() {
    Promise<Void> waited = Promise.promise();
    vertx.setTimer(STEP.toMillis(), fired -> waited.complete());
    return waited.future();
  }
}
