package io.skein.message;

import java.util.List;

/**
 * The stores of one verticle instance.
 *
 * @param lanes one for each lane that appends, with a connection of its own
 * @param markLane for the marks, with a connection of its own
 * @param entries for reading, as the following
 */
record StoreSet(
    List<EntryStore> lanes,
    MarkStore markLane,
    EntryStore entries,
    ConversationStore conversations,
    MarkStore marks,
    Outbox outbox,
    Lookups lookups) {
  StoreSet {
    lanes = List.copyOf(lanes);
  }
}
