package io.skein.message;

import io.skein.message.content.Content;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry on its way into the log.
 *
 * @param conversationId the conversation it goes to
 * @param direct the two users of a direct conversation that is made when it is missing; empty when
 *     the conversation must already exist
 * @param sender who sends it; must be a member
 * @param clientMsgId the sender's own id of the message; sent again it names the same entry
 * @param content what it says or does
 * @param after the clientMsgId of the message that must stand in the log before this one
 * @param originSession the session that sends it and needs no push of it; may be empty
 */
record Draft(
    UUID conversationId,
    Optional<DirectPair> direct,
    String sender,
    UUID clientMsgId,
    Content content,
    Optional<UUID> after,
    String originSession) {

  Key key() {
    return new Key(conversationId, sender, clientMsgId);
  }

  boolean sameContent(Draft other) {
    return content.isSame(other.content);
  }

  /** What makes an entry the same entry, however often it is sent. */
  record Key(UUID conversationId, String sender, UUID clientMsgId) {
    Key {
      Objects.requireNonNull(conversationId);
      Objects.requireNonNull(sender);
      Objects.requireNonNull(clientMsgId);
    }
  }
}
