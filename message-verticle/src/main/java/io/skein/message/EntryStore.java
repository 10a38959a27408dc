package io.skein.message;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The log of entries. Implementations may be called from any event loop.
 *
 * <p>Within one conversation, entries get the seqs 1, 2, 3 … without gaps, and become visible in
 * that order: whoever sees an entry sees all before it. A draft whose {@link Draft#key} stands in
 * the log adds nothing.
 */
interface EntryStore {

  /**
   * Appends a batch in one transaction, which has been committed durably when the future succeeds.
   * Drafts of one conversation get ascending seqs in the order of the batch. Waits for no lock:
   * what is locked by another transaction is {@link Outcome.Busy}.
   *
   * <p>After a failed future the batch may or may not have been committed; appending the same
   * drafts again finds out and does no harm. The error is a {@link io.vertx.pgclient.PgException}
   * if the database said so itself.
   *
   * @return one outcome per draft, in the same order
   */
  Future<List<Outcome>> append(Batch batch);

  /**
   * A range of a conversation's log as one of its members may see it, read from one snapshot.
   *
   * @return empty if there is no such conversation or the user is not entitled to see any of it
   */
  Future<Optional<History>> history(UUID conversationId, String userId, Range range);

  /**
   * Entries by reference, for delivery after the process that appended them died.
   *
   * @return those from {@code firstSeq} to {@code lastSeq}, both included, ascending
   */
  Future<List<Entry>> entries(UUID conversationId, int firstSeq, int lastSeq);

  /**
   * Which entries to read.
   *
   * @param fromSeq the lowest wanted seq
   * @param toSeq the highest wanted seq
   * @param newestFirst which end of the range is read when it holds more than the limits allow
   * @param limit at most so many entries
   * @param maxBytes at most so many bytes of bodies, but at least one entry
   * @param threadSeq only answers of this thread; 0: all entries
   */
  record Range(
      int fromSeq, int toSeq, boolean newestFirst, int limit, int maxBytes, int threadSeq) {

    Range(int fromSeq, int toSeq, boolean newestFirst, int limit, int maxBytes) {
      this(fromSeq, toSeq, newestFirst, limit, maxBytes, 0);
    }
  }

  /**
   * Part of a log.
   *
   * @param entries ascending by seq, whatever end was read
   * @param headSeq the highest seq that the user may see
   */
  record History(List<Entry> entries, int headSeq) {
    public History {
      entries = List.copyOf(entries);
    }
  }
}
