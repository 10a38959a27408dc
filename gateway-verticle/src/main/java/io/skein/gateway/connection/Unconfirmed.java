package io.skein.gateway.connection;

import io.skein.gateway.connection.ConnectionObserver.Missed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a device has been sent and has not confirmed: the highest seq of each conversation, oldest
 * first, bounded. Entries that get too old or find no room are handed back, for notify.
 */
final class Unconfirmed {
  private final int maxConversations;
  private final long timeout;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /**
   * @param maxConversations the bound
   * @param timeout in nanoseconds
   */
  Unconfirmed(int maxConversations, long timeout) {
    this.maxConversations = maxConversations;
    this.timeout = timeout;
  }

  /**
   * Notes a push. The clock runs from the first one that is not confirmed: later ones must not keep
   * a dead device alive.
   *
   * @return what had to go to make room
   */
  List<Missed> pushed(String conversationId, int seq, long now) {
    Waiting there = waiting.get(conversationId);
    if (there != null) {
      there.seq = Integer.compareUnsigned(seq, there.seq) > 0 ? seq : there.seq;
      return List.of();
    }
    List<Missed> evicted = waiting.size() < maxConversations ? List.of() : List.of(takeEldest());
    waiting.put(conversationId, new Waiting(seq, now));
    return evicted;
  }

  /** Clears a conversation up to seq. What is above it gets the whole time anew. */
  void confirmed(String conversationId, int seq, long now) {
    Waiting there = waiting.remove(conversationId);
    if (there != null && Integer.compareUnsigned(seq, there.seq) < 0) {
      waiting.put(conversationId, new Waiting(there.seq, now));
    }
  }

  /** Takes out what has waited for too long. */
  List<Missed> overdue(long now) {
    if (waiting.isEmpty() || !isOverdue(waiting.values().iterator().next(), now)) {
      return List.of();
    }
    List<Missed> missed = new ArrayList<>();
    while (!waiting.isEmpty() && isOverdue(waiting.values().iterator().next(), now)) {
      missed.add(takeEldest());
    }
    return missed;
  }

  /** Takes out everything. */
  List<Missed> takeAll() {
    List<Missed> missed = new ArrayList<>(waiting.size());
    waiting.forEach((conversation, there) -> missed.add(new Missed(conversation, there.seq)));
    waiting.clear();
    return missed;
  }

  private boolean isOverdue(Waiting there, long now) {
    return now - there.since >= timeout;
  }

  private Missed takeEldest() {
    Map.Entry<String, Waiting> eldest = waiting.entrySet().iterator().next();
    waiting.remove(eldest.getKey());
    return new Missed(eldest.getKey(), eldest.getValue().seq);
  }

  private static final class Waiting {
    private int seq;
    private final long since;

    private Waiting(int seq, long since) {
      this.seq = seq;
      this.since = since;
    }
  }
}
