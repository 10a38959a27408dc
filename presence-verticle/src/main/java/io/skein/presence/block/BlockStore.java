package io.skein.presence.block;

import io.vertx.core.Future;
import java.util.List;

/** The users that each user has blocked. Implementations may be called from any event loop. */
interface BlockStore {
  /**
   * Adds one, if it is not there yet.
   *
   * @param most that a user may block
   * @return false if there are as many already
   */
  Future<Boolean> add(String userId, String blockedId, int most);

  /** Takes one out; who is not there is ignored. */
  Future<Void> remove(String userId, String blockedId);

  /**
   * Of a user who has been erased nothing stays, neither on the own list nor on those of others.
   */
  Future<Void> forget(String userId);

  /** A page, ascending by id. */
  Future<List<String>> blocked(String userId, String afterUser, int limit);
}
