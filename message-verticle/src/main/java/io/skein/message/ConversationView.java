package io.skein.message;

import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Group;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A conversation as one of its members sees it.
 *
 * @param peer the other user of a direct conversation, the user's own id for notes to self, empty
 *     for groups
 * @param headSeq the highest seq that the user may see
 * @param readSeq the user's read mark
 * @param unread countable entries of others after the read mark
 * @param memberCount of those who have not left
 * @param left whether the user is no longer a member: a tombstone
 * @param lastEntry the newest entry that is not a change of another, if the user may see it
 * @param marks of the other members, in small conversations
 * @param group what is so of groups and channels only, for their members
 * @param readState what the user has left to read, and wants of it
 */
record ConversationView(
    UUID conversationId,
    Kind kind,
    String title,
    Optional<String> peer,
    Instant createdAt,
    Instant lastSentAt,
    int headSeq,
    int readSeq,
    int unread,
    int memberCount,
    boolean left,
    Optional<Entry> lastEntry,
    List<PeerMark> marks,
    Optional<Group> group,
    ReadState readState) {

  /** Up to so many members, everybody sees how far everybody is. */
  static final int SMALL = 20;

  ConversationView {
    marks = List.copyOf(marks);
  }

  ConversationStore.Position position() {
    return new ConversationStore.Position(lastSentAt, conversationId);
  }

  /**
   * What the user has left to read, and wants of it.
   *
   * @param mentions unread ones that mention the user, or everybody
   * @param firstUnreadSeq 0: nothing is unread
   */
  record ReadState(int mentions, int firstUnreadSeq, ConversationSettings settings) {
    static final ReadState NONE = new ReadState(0, 0, ConversationSettings.getDefaultInstance());

    /** Whether any setting is. */
    boolean isSet() {
      return !settings.toBuilder().clearConversationId().build().getAllFields().isEmpty();
    }
  }

  /** How far another member is. */
  record PeerMark(String userId, int deliveredSeq, int readSeq) {}
}
