package io.skein.message;

import java.util.UUID;

/**
 * The two users of a direct conversation in the order of their UTF-16 code units; twice the same
 * user for notes to oneself.
 */
record DirectPair(String low, String high) {

  static DirectPair of(String one, String other) {
    return one.compareTo(other) <= 0 ? new DirectPair(one, other) : new DirectPair(other, one);
  }

  /**
   * The one id that this conversation can have. The parts are hashed with their lengths, so that no
   * two pairs run together into the same input, and with a word of their own, so that no group can
   * ever have the same id.
   */
  UUID conversationId() {
    return NameId.of("direct", low, high);
  }

  boolean isSelf() {
    return low.equals(high);
  }
}
