package io.skein.message;

import io.vertx.core.Future;
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

  /** Users that reacted to a message with a key, ascending by id, after {@code afterUser}. */
  Future<Optional<List<String>>> reactions(
      UUID conversationId, String userId, int seq, String key, String afterUser, int limit);
}
