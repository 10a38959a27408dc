package io.skein.gateway.push;

import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.MarkDeliveredReply;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers confirmations and passes them on in batches. They are watermarks: of many for one device
 * and conversation only the highest counts, and a lost one is made good by the next.
 */
public final class DeliveredMarks {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveredMarks.class);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final int BATCH = 500;

  /** Marks that wait while the message service cannot be reached; more are forgotten. */
  private static final int MAX_WAITING = 50_000;

  private static final Rpc<MarkDeliveredRequest, MarkDeliveredReply> MARK_DELIVERED =
      Rpc.of("log.markDelivered", MarkDeliveredRequest.class, MarkDeliveredReply.class);

  private final Mesh mesh;
  private final long delayMillis;
  private final Map<Key, Integer> waiting = new LinkedHashMap<>();
  private boolean scheduled;

  public DeliveredMarks(Mesh mesh, Duration delay) {
    this.mesh = mesh;
    delayMillis = Math.max(1, delay.toMillis());
  }

  private record Key(String conversationId, String userId, String deviceId) {}

  /** Notes that a device of a user has everything up to seq. */
  public void add(String conversationId, String userId, String deviceId, int seq) {
    put(new Key(conversationId, userId, deviceId), seq);
    if (waiting.size() == BATCH) {
      flush();
    }
    schedule();
  }

  private void put(Key key, int seq) {
    if (waiting.size() < MAX_WAITING || waiting.containsKey(key)) {
      waiting.merge(key, seq, (a, b) -> Integer.compareUnsigned(a, b) >= 0 ? a : b);
    }
  }

  /** Passes on a batch of what waits; completed when it has been tried. */
  public Future<Void> flush() {
    if (waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    MarkDeliveredRequest batch = nextBatch();
    return mesh.bus()
        .callAny(MARK_DELIVERED, batch, CallContext.internal(BUDGET))
        .<Void>mapEmpty()
        .recover(
            failure -> {
              LOG.warn("{} delivered marks wait: {}", batch.getMarksCount(), failure.getMessage());
              putBack(batch);
              return Future.succeededFuture();
            });
  }

  private MarkDeliveredRequest nextBatch() {
    MarkDeliveredRequest.Builder batch = MarkDeliveredRequest.newBuilder();
    var marks = waiting.entrySet().iterator();
    while (marks.hasNext() && batch.getMarksCount() < BATCH) {
      Map.Entry<Key, Integer> mark = marks.next();
      batch.addMarks(
          DeliveredMark.newBuilder()
              .setConversationId(mark.getKey().conversationId())
              .setUserId(mark.getKey().userId())
              .setDeviceId(mark.getKey().deviceId())
              .setSeq(mark.getValue()));
      marks.remove();
    }
    return batch.build();
  }

  private void putBack(MarkDeliveredRequest batch) {
    for (DeliveredMark mark : batch.getMarksList()) {
      put(new Key(mark.getConversationId(), mark.getUserId(), mark.getDeviceId()), mark.getSeq());
    }
    schedule();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      mesh.vertx()
          .setTimer(
              delayMillis,
              fired -> {
                scheduled = false;
                flush();
                if (!waiting.isEmpty()) {
                  schedule();
                }
              });
    }
  }
}
