package io.skein.mesh;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again until it is stopped. A run begins a pause after the one before
 * has ended, so that runs never overlap; one that fails is logged, and the next one comes all the
 * same. Runs on the context that started it.
 */
public final class Repeating {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

  private final Vertx vertx;
  private final String name;
  private final Duration pause;
  private final Supplier<Future<?>> work;
  private Future<?> run = Future.succeededFuture();
  private long timer;
  private boolean stopped;

  private Repeating(Vertx vertx, String name, Duration pause, Supplier<Future<?>> work) {
    this.vertx = vertx;
    this.name = name;
    this.pause = pause;
    this.work = work;
  }

  /**
   * Starts with the first run, now.
   *
   * @param name what is done, for the log
   * @param pause at least 1 ms
   */
  public static Repeating start(
      Vertx vertx, String name, Duration pause, Supplier<Future<?>> work) {
    Repeating repeating = new Repeating(vertx, name, pause, work);
    repeating.run();
    return repeating;
  }

  private void run() {
    run = attempt().onComplete(done -> plan());
  }

  private Future<?> attempt() {
    Future<?> attempt;
    try {
      attempt = work.get();
    } catch (RuntimeException defect) {
      attempt = Future.failedFuture(defect);
    }
    return attempt.onFailure(failure -> LOG.warn("Failed: {}: {}", name, failure.toString()));
  }

  private void plan() {
    if (!stopped) {
      timer = vertx.setTimer(Math.max(1, pause.toMillis()), due -> run());
    }
  }

  /** No run begins any more. Done when the one that is under way has ended, well or not. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return run.transform(ended -> Future.succeededFuture());
  }
}
