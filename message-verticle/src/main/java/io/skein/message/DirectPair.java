package io.skein.message;

import io.skein.protocol.ConversationIds;
import java.util.UUID;

/**
 * The two users of a direct conversation in the order of their UTF-16 code units; twice the same
 * user for notes to oneself.
 */
record DirectPair(String low, String high) {

  static DirectPair of(String one, String other) {
    return one.compareTo(other) <= 0 ? new DirectPair(one, other) : new DirectPair(other, one);
  }

  /** The one id that this conversation can have. */
  UUID conversationId() {
    return ConversationIds.direct(low, high);
  }

  boolean isSelf() {
    return low.equals(high);
  }
}
