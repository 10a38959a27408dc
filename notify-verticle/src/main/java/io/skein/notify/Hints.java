package io.skein.notify;

import io.skein.protocol.ConversationIds;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.internal.v1.Hint;
import java.util.Optional;

/** Hints as they come over the bus or out of the queue: not all of them need be sound. */
final class Hints {
  private Hints() {}

  /** The hint with its ids in the one form they are compared in; empty if it names nothing. */
  static Optional<Hint> sound(Hint hint) {
    if (hint.getSeq() <= 0) {
      return Optional.empty();
    }
    try {
      UserIds.check(hint.getUserId(), "userId");
      String id = ConversationIds.parse(hint.getConversationId(), "conversationId").toString();
      return Optional.of(hint.toBuilder().setConversationId(id).build());
    } catch (SkeinException notAnId) {
      return Optional.empty();
    }
  }
}
