package io.skein.bench.load;

import io.skein.bench.wire.Session;
import io.skein.client.Calls;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.Entry;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What one session was pushed. */
final class Inbox {
  private final Session session;
  private final Map<String, Integer> lastSeqs = new HashMap<>();
  private final Set<String> unconfirmed = new LinkedHashSet<>();
  private Entry newest;

  Inbox(Session session) {
    this.session = session;
  }

  /**
   * False if it does not come after the one before; own entries are not pushed, so gaps are fine.
   */
  boolean received(Entry entry) {
    newest = entry;
    Integer before = lastSeqs.put(entry.getConversationId(), entry.getSeq());
    unconfirmed.add(entry.getConversationId());
    return before == null || entry.getSeq() > before;
  }

  /** The entry that came last; null: none has come yet. */
  Entry newest() {
    return newest;
  }

  /** Confirms as far as there is room for calls; true if nothing is left. */
  boolean confirmed() {
    if (!session.isConnected()) {
      return true;
    }
    Iterator<String> next = unconfirmed.iterator();
    while (next.hasNext() && session.room() > 0) {
      String conversationId = next.next();
      next.remove();
      session.call(
          Calls.DELIVERED,
          DeliveredRequest.newBuilder()
              .setConversationId(conversationId)
              .setSeq(lastSeqs.get(conversationId))
              .build(),
          done -> {});
    }
    return unconfirmed.isEmpty();
  }
}
