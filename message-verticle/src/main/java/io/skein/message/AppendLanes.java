package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lanes that entries take into the log, chosen by conversation: all entries of a conversation
 * that this instance appends go through one lane, which keeps their order.
 */
final class AppendLanes {
  private final List<BatchLane<Draft, Outcome>> lanes;

  AppendLanes(List<BatchLane<Draft, Outcome>> lanes) {
    this.lanes = List.copyOf(lanes);
  }

  /**
   * One lane: appends, answers the senders, then delivers.
   *
   * @param delivery called in a later turn of the event loop, so that the senders get their replies
   *     first
   */
  static BatchLane<Draft, Outcome> lane(
      Vertx vertx,
      Appender appender,
      Consumer<Appended> delivery,
      LaneLimits limits,
      MessageMetrics metrics) {
    return new BatchLane<>(
        vertx,
        drafts -> {
          MessageMetrics.Sample sample = metrics.startAppend(drafts.size());
          return appender
              .append(drafts)
              .map(
                  appended -> {
                    sample.stop();
                    vertx.runOnContext(turn -> delivery.accept(appended));
                    return appended.outcomes();
                  });
        },
        Draft::conversationId,
        Outcome::isBusy,
        limits,
        System::nanoTime);
  }

  /** Appends in the order of the calls, as far as they name the same conversation. */
  Future<Outcome> append(Draft draft, long deadline) {
    int lane = Math.floorMod(draft.conversationId().hashCode(), lanes.size());
    return lanes.get(lane).submit(draft, deadline);
  }

  /** Drafts that wait. */
  int depth() {
    return lanes.stream().mapToInt(BatchLane::depth).sum();
  }

  boolean isIdle() {
    return lanes.stream().allMatch(BatchLane::isIdle);
  }
}
