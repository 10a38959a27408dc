package io.skein.message;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks up what a user may see of a log, outside the order of its pages. Every answer is empty if
 * the user was never in the conversation, or there is none.
 */
interface Lookups {
  /** Those of the entries that the user may see, in the order asked for. */
  Future<Optional<List<Entry>>> entries(UUID conversationId, String userId, List<Integer> seqs);

  /** A message as it was first sent, then its newest edits, ascending. */
  Future<Optional<List<Entry>>> versions(UUID conversationId, String userId, int seq, int limit);

  /** The pinned messages, the one pinned last first. */
  Future<Optional<List<Entry>>> pinned(UUID conversationId, String userId);

  /** The first seq of an entry sent at this time or later, whoever may see it. */
  Future<Integer> seqAt(UUID conversationId, Instant time);

  /** How far the others are with a message; the readers after {@code afterUser}. */
  Future<Optional<Receipts>> receipts(
      UUID conversationId, String userId, int seq, String afterUser, int limit);

  /**
   * How far the others are with a message.
   *
   * @param allowed whether the user may know: the sender, owners and admins
   * @param sender empty: the user sees no such message
   * @param members others that see it
   */
  record Receipts(
      boolean allowed,
      Optional<String> sender,
      int members,
      int delivered,
      int read,
      List<String> readBy) {
    public Receipts {
      readBy = List.copyOf(readBy);
    }
  }

  /** Users that reacted to a message with a key, ascending by id, after {@code afterUser}. */
  Future<Optional<List<String>>> reactions(
      UUID conversationId, String userId, int seq, String key, String afterUser, int limit);
}
