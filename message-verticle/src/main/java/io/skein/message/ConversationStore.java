package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Member.Role;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Conversations and their members. Implementations may be called from any event loop. */
interface ConversationStore extends MemberLookup {

  /**
   * Makes a conversation with its members, its first entry, which is not countable, and a row in
   * the outbox for that entry.
   *
   * @return false if the id exists already; then nothing has changed
   */
  Future<Boolean> create(NewConversation conversation);

  /** Whether the conversation exists, whoever asks. */
  Future<Boolean> exists(UUID conversationId);

  /**
   * A page of the user's conversations that a transaction with an id of {@code since} or above has
   * changed for them; the newest first.
   *
   * @param since 0 for all; then conversations that the user has left are omitted, else they appear
   *     as tombstones
   * @param before the position after which the page starts
   */
  Future<SyncPage> sync(String userId, long since, Optional<Position> before, int limit);

  /**
   * Keeps a user from speaking in a direct conversation, or lets it again. Holds for all that is
   * appended after it has succeeded.
   */
  Future<Void> block(DirectPair pair, String blockedUser, boolean blocked);

  /** Those of the others who have blocked the user. */
  Future<Set<String>> blockers(String userId, Collection<String> others);

  /** Whether the user is a member now, and may speak; empty: no member. */
  Future<Optional<Voice>> voice(UUID conversationId, String userId);

  /**
   * A member's say.
   *
   * @param membersSeq the version of the member list
   */
  record Voice(int membersSeq, boolean muted) {}

  /** One row of the user's list; empty if the user is not a member. */
  Future<Optional<ConversationView>> view(UUID conversationId, String userId);

  /**
   * A conversation to be made.
   *
   * @param batchId names the row in the outbox
   * @param bootId the process that delivers the first entry
   * @param members all members with the creator, no user twice
   * @param firstEntry the encoded content of the first entry
   * @param firstEntryType the number of its content field
   */
  record NewConversation(
      UUID batchId,
      UUID bootId,
      UUID id,
      Kind kind,
      String title,
      String creator,
      List<String> members,
      int firstEntryType,
      ByteString firstEntry) {
    public NewConversation {
      members = List.copyOf(members);
    }

    /** The lowest role that may send: in a channel, all others listen. */
    Role postRole() {
      return kind == Kind.CHANNEL ? Role.ADMIN : Role.MEMBER;
    }
  }

  /**
   * Part of a user's list, read from one snapshot.
   *
   * @param historyId names the system and timeline in which transaction ids can be compared
   * @param horizon every transaction with a lower id had ended when the page was read
   * @param totalUnread in all conversations of the user, whatever is on this page
   */
  record SyncPage(
      String historyId, long horizon, int totalUnread, List<ConversationView> conversations) {
    public SyncPage {
      conversations = List.copyOf(conversations);
    }
  }

  /** Where a row stands in the order of a list. */
  record Position(Instant lastSentAt, UUID conversationId) {}
}
