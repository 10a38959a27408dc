package io.skein.notify;

import io.skein.notify.queue.HintQueue;
import io.skein.notify.queue.HintQueue.Delayed;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts hints into the queue. */
final class EnqueueService {
  private static final Logger LOG = LoggerFactory.getLogger(EnqueueService.class);

  private final HintQueue queue;
  private final Duration grace;
  private final Clock clock;

  EnqueueService(HintQueue queue, Duration grace, Clock clock) {
    this.queue = queue;
    this.grace = grace;
    this.clock = clock;
  }

  /** Answers when Redis has them. A hint that names nothing does not keep the others out. */
  Future<EnqueueReply> enqueue(EnqueueRequest request) {
    List<Delayed> hints =
        request.getHintsList().stream()
            .map(Hints::sound)
            .flatMap(Optional::stream)
            .map(this::delayed)
            .toList();
    int dropped = request.getHintsCount() - hints.size();
    if (dropped > 0) {
      LOG.warn("Dropped {} hints that name no user, conversation or entry", dropped);
    }
    Future<Void> added = hints.isEmpty() ? Future.succeededFuture() : queue.add(hints);
    return added.map(EnqueueReply.getDefaultInstance());
  }

  /** Who has just lost the connection gets time to come back; who let a push pass has had it. */
  private Delayed delayed(Hint hint) {
    QueuedHint queued = QueuedHint.newBuilder().setHint(hint).setQueuedAtMs(clock.millis()).build();
    return new Delayed(queued, hint.getReason() == Hint.Reason.OFFLINE ? grace : Duration.ZERO);
  }
}
