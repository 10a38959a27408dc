package io.skein.message;

import java.util.List;
import java.util.UUID;

/**
 * Entries that are appended in one transaction.
 *
 * @param id names the batch's row in the outbox
 * @param bootId the process that delivers it
 * @param drafts in the order in which they shall stand in their conversations
 */
record Batch(UUID id, UUID bootId, List<Draft> drafts) {
  Batch {
    drafts = List.copyOf(drafts);
  }
}
