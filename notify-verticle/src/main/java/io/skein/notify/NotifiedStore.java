package io.skein.notify;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How far each user has been notified about each conversation, and who is about to. Durable. The
 * claim is what keeps two instances from sending the same: it is exclusive until it is given back,
 * by {@link #notified} or {@link #release}, or its lease ends.
 */
interface NotifiedStore {
  /** Somebody wants to notify about this topic unless seq, or a later one, has been notified. */
  record Claim(Topic topic, int seq) {}

  /** What became of a claim. */
  enum Verdict {
    /** Send it. */
    GRANTED,
    /** It, or a later one, has been sent. */
    NOTIFIED,
    /** Somebody else is sending. */
    BUSY
  }

  /**
   * Claims topics, each at most once in {@code claims}.
   *
   * @param owner gives back what it was granted; not used for another call
   */
  Future<Map<Topic, Verdict>> claim(List<Claim> claims, String owner, Duration lease);

  /** All up to seq has been sent; the mark moves only forward. */
  Future<Void> notified(Topic topic, int seq, String owner);

  /**
   * Removes what is known of a user, at most this much; answers how much it was. Hints that wait
   * are answered by the log, which knows the user no more.
   */
  Future<Integer> forget(String userId, int limit);

  /** It has not been sent. Nothing happens if the owner's lease has gone to somebody else. */
  Future<Void> release(Topic topic, String owner);
}
