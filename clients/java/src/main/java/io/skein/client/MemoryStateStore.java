package io.skein.client;

import io.skein.protocol.v1.SendRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Forgets everything with the program. */
public final class MemoryStateStore implements StateStore {
  private final Map<String, Integer> applied = new HashMap<>();
  private final Map<String, SendRequest> outbox = new LinkedHashMap<>();
  private String cursor = "";

  @Override
  public synchronized String cursor() {
    return cursor;
  }

  @Override
  public synchronized void saveCursor(String newCursor) {
    cursor = newCursor;
  }

  @Override
  public synchronized OptionalInt applied(String conversationId) {
    Integer seq = applied.get(conversationId);
    return seq == null ? OptionalInt.empty() : OptionalInt.of(seq);
  }

  @Override
  public synchronized void saveApplied(String conversationId, int seq) {
    applied.put(conversationId, seq);
  }

  @Override
  public synchronized List<SendRequest> outbox() {
    return List.copyOf(outbox.values());
  }

  @Override
  public synchronized void addToOutbox(SendRequest message) {
    outbox.put(message.getClientMsgId(), message);
  }

  @Override
  public synchronized void removeFromOutbox(String clientMsgId) {
    outbox.remove(clientMsgId);
  }
}
