package io.skein.notify;

import io.skein.notify.queue.HintQueue;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the queue needs from time to time, done by every instance: due hints on their way, orphans
 * taken over, consumers of dead instances forgotten, numbers for the operators.
 */
final class Upkeep {
  private final HintQueue queue;
  private final Intake intake;
  private final String consumer;
  private final Supplier<Set<String>> alive;
  private final NotifyMetrics metrics;
  private final int batch;

  /**
   * @param alive consumers whose instances are members of the mesh
   */
  Upkeep(
      HintQueue queue,
      Intake intake,
      String consumer,
      Supplier<Set<String>> alive,
      NotifyMetrics metrics,
      int batch) {
    this.queue = queue;
    this.intake = intake;
    this.consumer = consumer;
    this.alive = alive;
    this.metrics = metrics;
    this.batch = batch;
  }

  /** All of it, once. */
  Future<Void> run() {
    return moveDue().compose(moved -> adopt()).compose(adopted -> tidy());
  }

  private Future<Void> moveDue() {
    return queue.moveDue().compose(moved -> moved >= batch ? moveDue() : Future.succeededFuture());
  }

  private Future<Void> adopt() {
    return queue.claimOrphans(consumer).onSuccess(intake::accept).mapEmpty();
  }

  private Future<Void> tidy() {
    return queue
        .forgetConsumers(alive.get())
        .compose(forgotten -> queue.size())
        .onSuccess(metrics::size)
        .mapEmpty();
  }
}
