package io.skein.client;

import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the server up to where this device has each conversation's entries: one call for many
 * entries. Only what the application has been given counts, and that has no holes. Confined to the
 * loop.
 */
final class Confirmer {
  private static final Duration BATCH = Duration.ofMillis(100);

  private final Loop loop;
  private final Map<String, Integer> unconfirmed = new LinkedHashMap<>();
  private Connection connection;
  private boolean scheduled;

  Confirmer(Loop loop) {
    this.loop = loop;
  }

  void delivered(Entry entry) {
    unconfirmed.merge(entry.getConversationId(), entry.getSeq(), Math::max);
    scheduleFlush();
  }

  void online(Connection opened) {
    connection = opened;
    scheduleFlush();
  }

  void offline() {
    connection = null;
  }

  private void scheduleFlush() {
    if (!scheduled && connection != null && !unconfirmed.isEmpty()) {
      scheduled = true;
      loop.schedule(BATCH, this::flush);
    }
  }

  private void flush() {
    scheduled = false;
    if (connection == null) {
      return;
    }
    Map<String, Integer> now = Map.copyOf(unconfirmed);
    unconfirmed.clear();
    now.forEach(this::confirm);
  }

  private void confirm(String conversationId, int seq) {
    DeliveredRequest request =
        DeliveredRequest.newBuilder().setConversationId(conversationId).setSeq(seq).build();
    connection.call(
        Calls.DELIVERED,
        request.toByteString(),
        answer -> {
          if (answer instanceof Answer.Lost || answer instanceof Answer.Late) {
            unconfirmed.merge(conversationId, seq, Math::max);
            scheduleFlush();
          }
        });
  }
}
