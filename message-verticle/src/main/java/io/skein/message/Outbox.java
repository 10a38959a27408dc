package io.skein.message;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Committed batches whose delivery has not been acknowledged. A row is written by the transaction
 * that appends the batch, so that whatever dies between commit and delivery, somebody finds it.
 */
interface Outbox {

  /** Rows that are not done, the oldest first. */
  Future<List<Pending>> pending(int limit);

  /** Rows that are not done and hold any of these entries. */
  Future<List<Pending>> pendingWith(Collection<EntryRef> entries);

  /**
   * Makes this process the one that delivers these rows. Rows that are done, have changed hands
   * since they were seen, or are being claimed by another, are left out.
   */
  Future<List<Claimed>> claim(UUID bootId, Collection<Pending> seen);

  /**
   * Marks batches as delivered; unknown ids are ignored.
   *
   * @param wakeups noted in the same transaction
   */
  Future<Void> done(Collection<UUID> batchIds, Collection<Wakeup> wakeups);

  /**
   * Removes rows that were done longer ago than this.
   *
   * @return how many, at most {@code limit}
   */
  Future<Integer> removeDone(Duration olderThan, int limit);

  /**
   * Notes the present memory of the sessions' store. If it is another one than noted before, the
   * newest done rows are pending again.
   *
   * @return how many, at most {@code limit}
   */
  Future<Integer> replay(String memory, int limit);

  /**
   * The newest entry of a large conversation that has gone to all gateways. Members who are nowhere
   * are still to be found and notified.
   */
  record Wakeup(UUID conversationId, int seq, String sender) {}

  /** Where an entry stands. */
  record EntryRef(UUID conversationId, int seq) {}

  /** A row seen, with the process that was to deliver it. */
  record Pending(UUID batchId, UUID bootId) {}

  /** A row taken over. */
  record Claimed(UUID batchId, List<Span> spans) {
    public Claimed {
      spans = List.copyOf(spans);
    }
  }

  /** The entries of one conversation that the batch appended, both ends included. */
  record Span(UUID conversationId, int firstSeq, int lastSeq) {}
}
