package io.skein.notify;

import io.skein.notify.provider.PushOutcome;
import io.skein.notify.queue.HintQueue;
import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes work out of the queue: for good, until the next attempt, or as a dead letter. None of these
 * fails: what the queue does not take stays with this consumer, and is taken over as an orphan.
 */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final HintQueue queue;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final NotifyMetrics metrics;

  Settlement(HintQueue queue, Backoff backoff, RandomGenerator random, NotifyMetrics metrics) {
    this.queue = queue;
    this.backoff = backoff;
    this.random = random;
    this.metrics = metrics;
  }

  /** There is nothing (more) to send. */
  Future<Void> done(Work work, String reason) {
    metrics.settled(reason, work.ids().size());
    return logged(queue.done(work.ids()), work);
  }

  /** It will never be sent. */
  Future<Void> bury(Work work, String reason) {
    return bury(work, work.hint(), reason);
  }

  private Future<Void> bury(Work work, QueuedHint hint, String reason) {
    LOG.warn("Not notified, now a dead letter: {}: {}", work.topic(), reason);
    metrics.settled("dead", work.ids().size());
    return logged(queue.bury(work.ids(), hint, reason), work);
  }

  /** We could not try: that is not the provider's fault, and not counted. */
  Future<Void> postpone(Work work) {
    return logged(queue.retry(work.ids(), work.hint(), backoff.after(1, random)), work);
  }

  /** The provider was tried in vain. */
  Future<Void> failed(Work work, PushOutcome.Retry retry) {
    QueuedHint next = work.afterFailure();
    if (!backoff.allowsAfter(next.getAttempts())) {
      return bury(work, next, "gave up: " + retry.reason());
    }
    Duration own = backoff.after(next.getAttempts(), random);
    Duration wait = retry.after().map(backoff::bounded).orElse(own);
    return logged(queue.retry(work.ids(), next, wait), work);
  }

  private static Future<Void> logged(Future<Void> step, Work work) {
    return step.recover(
        failure -> {
          LOG.warn("Not settled, will come again: {}: {}", work.topic(), failure.toString());
          return Future.succeededFuture();
        });
  }
}
