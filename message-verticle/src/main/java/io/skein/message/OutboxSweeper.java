package io.skein.message;

import io.skein.message.Appended.Fresh;
import io.skein.message.Outbox.Claimed;
import io.skein.message.Outbox.Pending;
import io.skein.message.Outbox.Span;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was committed and not delivered, because a process died or a delivery failed, and
 * delivers it. A row is taken over when it has stood still for a while on this process's own
 * monotonic clock: neither the clock of the database nor any notion of who is alive is trusted. Two
 * survivors may deliver the same row; clients drop the second copy.
 */
final class OutboxSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSweeper.class);
  private static final int PAGE = 200;
  private static final int REMOVED_AT_ONCE = 1000;

  private final Outbox outbox;
  private final EntryStore entries;
  private final MemberCache members;
  private final Deliverer deliverer;
  private final OutboxRows rows;
  private final UUID bootId;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private Map<Pending, Long> seenSince = new HashMap<>();
  private int pending;

  /**
   * A sweeper.
   *
   * @param patience how long a row must stand still
   */
  OutboxSweeper(
      Outbox outbox,
      EntryStore entries,
      MemberCache members,
      Deliverer deliverer,
      OutboxRows rows,
      UUID bootId,
      Duration patience,
      LongSupplier nanoTime) {
    this.outbox = outbox;
    this.entries = entries;
    this.members = members;
    this.deliverer = deliverer;
    this.rows = rows;
    this.bootId = bootId;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /** Looks once; to be called again and again, but not while a sweep runs. */
  Future<Void> sweep() {
    return outbox.pending(PAGE).compose(this::takeOver);
  }

  /** Forgets rows that were done some time ago. */
  Future<Integer> removeDone(Duration olderThan) {
    return outbox.removeDone(olderThan, REMOVED_AT_ONCE);
  }

  /** Rows found by the last sweep, up to a page. */
  int pending() {
    return pending;
  }

  private Future<Void> takeOver(List<Pending> found) {
    long now = nanoTime.getAsLong();
    pending = found.size();
    Map<Pending, Long> stillThere = new HashMap<>();
    List<Pending> still = new ArrayList<>();
    for (Pending row : found) {
      long since = seenSince.getOrDefault(row, now);
      stillThere.put(row, since);
      if (now - since >= patience.toNanos() && !rows.isUnderWay(row.batchId())) {
        still.add(row);
      }
    }
    seenSince = stillThere;
    if (still.isEmpty()) {
      return Future.succeededFuture();
    }
    return outbox.claim(bootId, still).compose(this::deliverAll);
  }

  private Future<Void> deliverAll(List<Claimed> claimed) {
    if (!claimed.isEmpty()) {
      LOG.info("delivering {} batches that somebody else left", claimed.size());
    }
    Future<Void> all = Future.succeededFuture();
    for (Claimed batch : claimed) {
      all = all.transform(before -> deliver(batch));
    }
    return all;
  }

  /** The member list may have changed with the batch, so a remembered one does not do. */
  private Future<Void> deliver(Claimed batch) {
    batch.spans().forEach(span -> members.forget(span.conversationId()));
    List<Future<List<Entry>>> reads = batch.spans().stream().map(this::read).toList();
    return Future.all(reads)
        .compose(
            all -> {
              List<Fresh> fresh =
                  reads.stream()
                      .flatMap(read -> read.result().stream())
                      .map(entry -> new Fresh(entry, 0, ""))
                      .toList();
              return deliverer.deliver(fresh, List.of(batch.batchId()));
            });
  }

  private Future<List<Entry>> read(Span span) {
    return entries.entries(span.conversationId(), span.firstSeq(), span.lastSeq());
  }
}
