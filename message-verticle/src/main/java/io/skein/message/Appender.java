package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a batch into the log whatever happens on the way: passing failures are retried a bounded
 * number of times, and a draft that the database chokes on is found by halving the batch and fails
 * alone.
 */
final class Appender {
  private static final Logger LOG = LoggerFactory.getLogger(Appender.class);

  private final Vertx vertx;
  private final EntryStore store;
  private final UUID bootId;
  private final Backoff backoff;
  private final Supplier<UUID> ids;
  private final RandomGenerator random;

  Appender(
      Vertx vertx,
      EntryStore store,
      UUID bootId,
      Backoff backoff,
      Supplier<UUID> ids,
      RandomGenerator random) {
    this.vertx = vertx;
    this.store = store;
    this.bootId = bootId;
    this.backoff = backoff;
    this.ids = ids;
    this.random = random;
  }

  /** Never fails: what could not be appended says so in its outcome. */
  Future<Appended> append(List<Draft> drafts) {
    return attempt(drafts, 1);
  }

  private Future<Appended> attempt(List<Draft> drafts, int attempt) {
    UUID batchId = ids.get();
    return store
        .append(new Batch(batchId, bootId, drafts))
        .map(outcomes -> Appended.of(drafts, outcomes, batchId))
        .recover(
            failure ->
                switch (SqlFailure.of(failure)) {
                  case PASSING -> retry(drafts, attempt, failure);
                  case POISONED, DEFECT -> split(drafts, failure);
                });
  }

  /**
   * The failed attempt may have been committed after all, or be committed yet. Appending the same
   * drafts again finds out: what was committed is found in the log and answered with its seq, and
   * its outbox row is delivered; what still holds its locks makes the drafts busy until it has
   * ended; what has not even begun will find these drafts in the log and add nothing.
   */
  private Future<Appended> retry(List<Draft> drafts, int attempt, Throwable failure) {
    if (!backoff.allows(attempt + 1)) {
      LOG.warn("gave up a batch of {} after {} attempts", drafts.size(), attempt, failure);
      return refuse(drafts, Outcome.Refused.UNAVAILABLE);
    }
    LOG.info("attempt {} to append {} failed: {}", attempt, drafts.size(), failure.toString());
    return vertx
        .timer(backoff.delayMs(attempt, random), TimeUnit.MILLISECONDS)
        .compose(waited -> attempt(drafts, attempt + 1));
  }

  /** One half after the other, which keeps the order. */
  private Future<Appended> split(List<Draft> drafts, Throwable failure) {
    if (drafts.size() == 1) {
      boolean poisoned = SqlFailure.of(failure) == SqlFailure.POISONED;
      LOG.error("the database refuses an entry of {}", drafts.getFirst().conversationId(), failure);
      return refuse(drafts, poisoned ? Outcome.Refused.INVALID : Outcome.Refused.INTERNAL);
    }
    int half = drafts.size() / 2;
    return attempt(drafts.subList(0, half), 1)
        .compose(first -> attempt(drafts.subList(half, drafts.size()), 1).map(first::followedBy));
  }

  private static Future<Appended> refuse(List<Draft> drafts, Outcome outcome) {
    return Future.succeededFuture(Appended.refused(drafts, outcome));
  }
}
