package io.skein.gateway.push;

import io.skein.gateway.connection.ConnectionObserver.Missed;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.Hint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was not confirmed to notify: the user may have to be woken by other means. Tried until
 * notify has it, in the order in which it was missed.
 */
public final class NotifyHints {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyHints.class);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final int BATCH = 500;

  /** What waits while notify cannot be reached; beyond it the oldest are lost, and said so. */
  private static final int MAX_WAITING = 100_000;

  private static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  private final Mesh mesh;
  private final Deque<Hint> waiting = new ArrayDeque<>();
  private boolean sending;

  public NotifyHints(Mesh mesh) {
    this.mesh = mesh;
  }

  /** Queues hints about a user; {@link #send} sends them. */
  public void add(String userId, List<Missed> missed) {
    for (Missed one : missed) {
      waiting.add(
          Hint.newBuilder()
              .setUserId(userId)
              .setConversationId(one.conversationId())
              .setSeq(one.seq())
              .setReason(Hint.Reason.UNCONFIRMED)
              .build());
    }
    int lost = 0;
    while (waiting.size() > MAX_WAITING) {
      waiting.remove();
      lost++;
    }
    if (lost > 0) {
      LOG.error("{} users' entries are unconfirmed and notify is not there to know", lost);
    }
  }

  /** Sends what waits, one batch at a time; completed when all has been sent or one failed. */
  public Future<Void> send() {
    if (sending || waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    sending = true;
    List<Hint> batch = nextBatch();
    EnqueueRequest request = EnqueueRequest.newBuilder().addAllHints(batch).build();
    return mesh.bus()
        .callAny(ENQUEUE, request, CallContext.internal(BUDGET))
        .onComplete(done -> sending = false)
        .compose(
            done -> send(),
            failure -> {
              putBack(batch);
              LOG.warn("{} hints wait for notify: {}", waiting.size(), failure.getMessage());
              return Future.succeededFuture();
            });
  }

  private List<Hint> nextBatch() {
    List<Hint> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < BATCH) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void putBack(List<Hint> batch) {
    for (Hint hint : batch.reversed()) {
      waiting.addFirst(hint);
    }
  }
}
