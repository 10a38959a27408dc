package io.skein.gateway.session;

import io.skein.gateway.connection.Connection;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Resync;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tells clients that they may have missed something. Each after a random wait: all clients of a
 * gateway that sync at once would be a storm.
 */
public final class Resyncs {
  private final Vertx vertx;
  private final RandomGenerator random;
  private final long jitterMillis;

  public Resyncs(Vertx vertx, RandomGenerator random, Duration jitter) {
    this.vertx = vertx;
    this.random = random;
    jitterMillis = jitter.toMillis();
  }

  /** One client. */
  public void add(Connection connection, String reason) {
    Event resync = Event.newBuilder().setResync(Resync.newBuilder().setReason(reason)).build();
    vertx.setTimer(1 + random.nextLong(jitterMillis), fired -> connection.send(resync));
  }
}
