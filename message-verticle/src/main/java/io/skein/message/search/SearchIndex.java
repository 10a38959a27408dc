package io.skein.message.search;

import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What can be searched. */
interface SearchIndex {
  /**
   * Takes in what the log has got since, as it is now.
   *
   * @param batches at most so many
   * @return how many there were; fewer than asked for: there are no more
   */
  Future<Integer> follow(int batches);

  /** Messages that the user may see and that fit, the newest first. */
  Future<List<Entry>> find(String userId, Wanted wanted, int limit);

  /**
   * Which messages.
   *
   * @param tsquery the words
   * @param conversationId only there
   * @param sender only theirs
   * @param types only contents with these numbers; empty: all
   * @param since sent then or later
   * @param before sent before then
   * @param after only what comes behind this one, the newest being first
   */
  record Wanted(
      String tsquery,
      Optional<UUID> conversationId,
      Optional<String> sender,
      List<Integer> types,
      Optional<Instant> since,
      Optional<Instant> before,
      Optional<Position> after) {
    public Wanted {
      types = List.copyOf(types);
    }
  }

  /** Where a message stands among all that are found. */
  record Position(Instant sentAt, UUID conversationId, int seq) {}
}
