package io.skein.message.retained;

import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where retained values are read. */
interface RetainedStore {
  /**
   * Values with a key after the given one, ascending by key, from one snapshot.
   *
   * @return empty: the user is no member
   */
  Future<Optional<Page>> page(UUID conversationId, String userId, String afterKey, int limit);

  /** Some values, and whether more follow. */
  record Page(List<Entry> entries, boolean more) {
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
