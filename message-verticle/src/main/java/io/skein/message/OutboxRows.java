package io.skein.message;

import io.skein.message.Outbox.Wakeup;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox rows that this process is delivering, and those that it has delivered: they are marked
 * in batches, while one statement runs the next one fills. Must be used from one event loop only.
 */
final class OutboxRows {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRows.class);

  private final Outbox outbox;
  private final int maxUnderWay;
  private final Set<UUID> underWay = new HashSet<>();
  private final List<UUID> delivered = new ArrayList<>();

  /** By conversation, the newest. */
  private final Map<UUID, Wakeup> wakeups = new HashMap<>();

  private boolean marking;

  /**
   * The rows of one process.
   *
   * @param maxUnderWay batches that are delivered at the same time
   */
  OutboxRows(Outbox outbox, int maxUnderWay) {
    this.outbox = outbox;
    this.maxUnderWay = maxUnderWay;
  }

  /** Whether there is room for one more delivery; if so it is under way. */
  boolean begin(Collection<UUID> batchIds) {
    return underWay.size() < maxUnderWay && underWay.addAll(batchIds);
  }

  boolean isUnderWay(UUID batchId) {
    return underWay.contains(batchId);
  }

  int underWay() {
    return underWay.size();
  }

  /** It has been delivered, and these wake-ups are what is left to do. */
  void delivered(Collection<UUID> batchIds, Collection<Wakeup> left) {
    delivered.addAll(batchIds);
    left.forEach(this::note);
    mark();
  }

  private void note(Wakeup wakeup) {
    wakeups.merge(
        wakeup.conversationId(), wakeup, (one, other) -> one.seq() > other.seq() ? one : other);
  }

  /** It has not been delivered. */
  void failed(Collection<UUID> batchIds) {
    underWay.removeAll(Set.copyOf(batchIds));
  }

  private void mark() {
    if (marking || delivered.isEmpty()) {
      return;
    }
    marking = true;
    List<UUID> batch = List.copyOf(delivered);
    delivered.clear();
    List<Wakeup> left = List.copyOf(wakeups.values());
    wakeups.clear();
    Future<Void> marked = outbox.done(batch, left);
    marked.onComplete(
        done -> {
          if (done.failed()) {
            LOG.info(
                "{} rows stay in the outbox for now: {}", batch.size(), done.cause().toString());
          }
          batch.forEach(underWay::remove);
          marking = false;
          mark();
        });
  }
}
