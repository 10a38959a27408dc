package io.skein.message;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Where member lists come from. */
@FunctionalInterface
interface MemberLookup {
  /**
   * All who are or were members, and the version of that list; empty: no such conversation.
   *
   * @param most that are named: of a longer list only the version is told
   */
  Future<Optional<Members>> members(UUID conversationId, int most);
}
