package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until nothing is under way, but not for ever: what is left then is in the outbox. */
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final long LOOK_EVERY_MS = 10;

  private final Vertx vertx;
  private final Services services;
  private final long until;
  private final Promise<Void> promise = Promise.promise();

  Drain(Vertx vertx, Services services, Duration longest) {
    this.vertx = vertx;
    this.services = services;
    this.until = System.nanoTime() + longest.toNanos();
  }

  /** Always succeeds. */
  Future<Void> done() {
    look();
    return promise.future();
  }

  private void look() {
    boolean idle = services.lanes().isIdle() && services.rows().underWay() == 0;
    if (!idle && System.nanoTime() - until < 0) {
      vertx.setTimer(LOOK_EVERY_MS, timer -> look());
      return;
    }
    if (!idle) {
      LOG.warn("stops with {} calls queued", services.lanes().depth());
    }
    promise.complete();
  }
}
