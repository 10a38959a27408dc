package io.skein.message;

import io.skein.message.Outbox.Pending;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds what was committed and not delivered, because a process died or a delivery failed, and
 * delivers it. A row is taken over when it has stood still for a while on this process's own
 * monotonic clock: neither the clock of the database nor any notion of who is alive is trusted. Two
 * survivors may deliver the same row; clients drop the second copy.
 */
final class OutboxSweeper {
  private static final int PAGE = 200;
  private static final int REMOVED_AT_ONCE = 1000;

  private final Outbox outbox;
  private final Redelivery redelivery;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private Map<Pending, Long> seenSince = new HashMap<>();
  private int pending;

  /**
   * A sweeper.
   *
   * @param patience how long a row must stand still
   */
  OutboxSweeper(Outbox outbox, Redelivery redelivery, Duration patience, LongSupplier nanoTime) {
    this.outbox = outbox;
    this.redelivery = redelivery;
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
      if (now - since >= patience.toNanos()) {
        still.add(row);
      }
    }
    seenSince = stillThere;
    return redelivery.deliver(still);
  }
}
