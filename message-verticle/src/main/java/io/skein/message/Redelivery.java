package io.skein.message;

import io.skein.message.Appended.Fresh;
import io.skein.message.Outbox.Claimed;
import io.skein.message.Outbox.Pending;
import io.skein.message.Outbox.Span;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers rows of the outbox, whoever appended them, with all that they hold. Must be used from
 * one event loop only.
 */
final class Redelivery {
  private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);

  private final Outbox outbox;
  private final EntryStore entries;
  private final MemberCache members;
  private final Deliverer deliverer;
  private final OutboxRows rows;
  private final UUID bootId;

  Redelivery(
      Outbox outbox,
      EntryStore entries,
      MemberCache members,
      Deliverer deliverer,
      OutboxRows rows,
      UUID bootId) {
    this.outbox = outbox;
    this.entries = entries;
    this.members = members;
    this.deliverer = deliverer;
    this.rows = rows;
    this.bootId = bootId;
  }

  /**
   * Takes these rows over and delivers them one after another. Those that are under way here, or
   * that somebody else has taken since, are left out; those that fail stay in the outbox.
   */
  Future<Void> deliver(List<Pending> seen) {
    List<Pending> idle = seen.stream().filter(row -> !rows.isUnderWay(row.batchId())).toList();
    return idle.isEmpty()
        ? Future.succeededFuture()
        : outbox.claim(bootId, idle).compose(this::deliverAll);
  }

  private Future<Void> deliverAll(List<Claimed> claimed) {
    if (!claimed.isEmpty()) {
      LOG.info("delivering {} batches from the outbox", claimed.size());
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
