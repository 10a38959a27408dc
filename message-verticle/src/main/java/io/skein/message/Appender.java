package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
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
    return attempt(drafts, 1, false);
  }

  /**
   * One attempt.
   *
   * @param mayStand whether an earlier attempt of these drafts ended without an answer
   */
  private Future<Appended> attempt(List<Draft> drafts, int attempt, boolean mayStand) {
    UUID batchId = ids.get();
    return store
        .append(new Batch(batchId, bootId, drafts))
        .map(outcomes -> Appended.of(drafts, outcomes, batchId))
        .recover(
            failure ->
                switch (SqlFailure.of(failure)) {
                  case PASSING -> retry(drafts, attempt, failure);
                  case POISONED, DEFECT -> split(drafts, failure, mayStand);
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
        .compose(waited -> attempt(drafts, attempt + 1, true));
  }

  /**
   * One half after the other, which keeps the order: what the first half found locked is busy for
   * the second half, too, even if it is free by now.
   */
  private Future<Appended> split(List<Draft> drafts, Throwable failure, boolean mayStand) {
    if (drafts.size() == 1) {
      LOG.error("the database refuses an entry of {}", drafts.getFirst().conversationId(), failure);
      return refuse(drafts, refusal(failure, mayStand));
    }
    int half = drafts.size() / 2;
    List<Draft> head = drafts.subList(0, half);
    List<Draft> tail = drafts.subList(half, drafts.size());
    return attempt(head, 1, mayStand)
        .compose(
            first -> {
              Set<UUID> locked = first.lockedAmong(head);
              List<Draft> free =
                  tail.stream().filter(draft -> !locked.contains(draft.conversationId())).toList();
              return free.isEmpty()
                  ? Future.succeededFuture(first.followedBy(Appended.busy(tail)))
                  : attempt(free, 1, mayStand)
                      .map(second -> first.followedBy(second.amongBusy(tail, locked)));
            });
  }

  /** What may stand in the log is never refused for good. */
  private static Outcome.Refused refusal(Throwable failure, boolean mayStand) {
    if (SqlFailure.of(failure) == SqlFailure.POISONED) {
      return Outcome.Refused.INVALID;
    }
    return mayStand ? Outcome.Refused.UNAVAILABLE : Outcome.Refused.INTERNAL;
  }

  private static Future<Appended> refuse(List<Draft> drafts, Outcome outcome) {
    return Future.succeededFuture(Appended.refused(drafts, outcome));
  }
}
