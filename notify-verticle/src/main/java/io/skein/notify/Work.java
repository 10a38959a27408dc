package io.skein.notify;

import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.notify.queue.QueueEntry;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.QueuedHint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hints of one topic, collapsed to the newest of them, with the queue entries they came in.
 *
 * @param hint the highest seq, the oldest time and the most attempts of all
 * @param ids settled together
 * @param deliveries the most of all
 */
record Work(QueuedHint hint, List<String> ids, int deliveries) {
  /** The newest that is hinted at. */
  int seq() {
    return hint.getHint().getSeq();
  }

  Topic topic() {
    return new Topic(hint.getHint().getUserId(), hint.getHint().getConversationId());
  }

  /**
   * Collapses entries.
   *
   * @param broken gets the entries that are no hints
   */
  static List<Work> collapse(List<QueueEntry> entries, Collection<QueueEntry> broken) {
    Map<Topic, Work> byTopic = new LinkedHashMap<>();
    for (QueueEntry entry : entries) {
      decode(entry)
          .map(hint -> new Work(hint, List.of(entry.id()), entry.deliveries()))
          .ifPresentOrElse(
              work -> byTopic.merge(work.topic(), work, Work::with), () -> broken.add(entry));
    }
    return List.copyOf(byTopic.values());
  }

  private static Optional<QueuedHint> decode(QueueEntry entry) {
    try {
      QueuedHint queued = QueuedHint.parseFrom(entry.payload());
      return Hints.sound(queued.getHint()).map(hint -> queued.toBuilder().setHint(hint).build());
    } catch (InvalidProtocolBufferException notAHint) {
      return Optional.empty();
    }
  }

  private Work with(Work other) {
    Hint newest =
        other.hint.getHint().getSeq() > hint.getHint().getSeq()
            ? other.hint.getHint()
            : hint.getHint();
    QueuedHint merged =
        QueuedHint.newBuilder()
            .setHint(newest)
            .setAttempts(Math.max(hint.getAttempts(), other.hint.getAttempts()))
            .setQueuedAtMs(Math.min(hint.getQueuedAtMs(), other.hint.getQueuedAtMs()))
            .build();
    List<String> all = new ArrayList<>(ids);
    all.addAll(other.ids);
    return new Work(merged, all, Math.max(deliveries, other.deliveries));
  }

  /** The hint for the next attempt, after one more in vain. */
  QueuedHint afterFailure() {
    return hint.toBuilder().setAttempts(hint.getAttempts() + 1).build();
  }
}
