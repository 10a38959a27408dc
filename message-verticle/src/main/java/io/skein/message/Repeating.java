package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again, never twice at the same time. The waits between are jittered,
 * so that the instances of a cluster do not all look at the same moment.
 */
final class Repeating {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

  private final Vertx vertx;
  private final Duration every;
  private final RandomGenerator random;
  private final Supplier<Future<?>> work;
  private boolean stopped;

  Repeating(Vertx vertx, Duration every, RandomGenerator random, Supplier<Future<?>> work) {
    this.vertx = vertx;
    this.every = every;
    this.random = random;
    this.work = work;
  }

  void start() {
    long half = Math.max(1, every.toMillis() / 2);
    vertx.setTimer(half + random.nextLong(half + 1), timer -> turn());
  }

  void stop() {
    stopped = true;
  }

  private void turn() {
    if (stopped) {
      return;
    }
    Future.succeededFuture()
        .compose(now -> work.get()) // An exception must not end the repetition.
        .onComplete(
            done -> {
              if (done.failed()) {
                LOG.info("will be tried again: {}", done.cause().toString());
              }
              start();
            });
  }
}
