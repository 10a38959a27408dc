package io.skein.notify.queue;

import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The durable queue. At least once: a hint stays until it is settled ({@link #done}, {@link #retry}
 * or {@link #bury}), and goes to another consumer when the one that holds it does not settle it in
 * time. Settling twice is harmless. Each call is one atomic step of the store; failures are
 * UNAVAILABLE, and then the step may or may not have been done.
 */
public interface HintQueue {
  /** A hint, and how long it waits before a consumer gets it. */
  record Delayed(QueuedHint hint, Duration delay) {}

  /** Done when the store has the hints. */
  Future<Void> add(List<Delayed> hints);

  /**
   * Gives delayed hints whose time has come to the consumers. Answers how many; at most a batch.
   */
  Future<Integer> moveDue();

  /** Takes over at most a batch of hints whose consumers have held them for too long. */
  Future<List<QueueEntry>> claimOrphans(String consumer);

  /** Removes consumers that are neither alive nor hold anything. Answers how many. */
  Future<Integer> forgetConsumers(Collection<String> alive);

  /** Settled for good. */
  Future<Void> done(Collection<String> ids);

  /** Settled for now: {@code hint} stands for all of these later. Buried when too many wait. */
  Future<Void> retry(Collection<String> ids, QueuedHint hint, Duration delay);

  /** Becomes one dead letter. */
  Future<Void> bury(Collection<String> ids, QueuedHint hint, String reason);

  /** What is in there. */
  Future<QueueSize> size();
}
