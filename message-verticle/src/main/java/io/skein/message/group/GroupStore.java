package io.skein.message.group;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Groups and channels in their database. */
interface GroupStore {
  /**
   * Locks a conversation, lets the change be decided and makes it, all in one transaction; what is
   * thrown by the decision undoes it.
   *
   * @param users whose standing the decision needs, the caller's first: the caller does it
   * @param code an invite code that was shown; a change uses it once
   * @return what was made, empty if nothing was to be done; NOT_FOUND if there is no such
   *     conversation, UNAVAILABLE if others hold the lock for too long
   */
  Future<Optional<Made>> change(
      UUID conversationId,
      List<String> users,
      Optional<String> code,
      Function<Locked, Optional<GroupChange>> decision);

  /**
   * Locks a conversation and makes what a member's end demands, all in one transaction.
   *
   * @param decision gets the conversation, with the user among its members if there still, the
   *     user's id, and who is to be the next owner if the user is the owner
   * @return what was made, in order
   */
  Future<List<Made>> depart(UUID conversationId, String userId, Departure decision);

  /** Decides what is done for a user who goes. */
  @FunctionalInterface
  interface Departure {
    /** The changes, in order. */
    List<GroupChange> decide(Locked group, String userId, Optional<String> successor);
  }

  /** A member as it is now; empty if they are none. */
  Future<Optional<Standing>> standing(UUID conversationId, String userId);

  /** Members, ascending by id, after {@code afterUser}. */
  Future<List<Standing>> members(UUID conversationId, String afterUser, int limit);

  /**
   * A change that was made.
   *
   * @param batchId its row in the outbox
   */
  record Made(GroupChange change, UUID batchId, int seq, Instant sentAt, int membersSeq) {}
}
