/**
 * Conversations as logs: append, history, sync, read marks, fan-out.
 *
 * <p>A call goes from the verticle to one of the services, which hold what happens and neither SQL
 * nor bus: {@code MessageService}, {@code ConversationService}, {@code SyncService}, {@code
 * MarkService}. Entries take a {@code BatchLane} into the log (group commit), where an {@code
 * Appender} gets each batch through failures. Behind the ports {@code EntryStore}, {@code
 * ConversationStore}, {@code MarkStore} and {@code Outbox} stands Postgres, whose functions under
 * {@code db/migration/message} decide everything that must hold: order, duplicates, permission. A
 * {@code Deliverer} then brings what was committed to the sessions; what it cannot deliver, and
 * what a dead process left, the {@code OutboxSweeper} finds.
 *
 * <p>One verticle instance is one event loop; nothing here is shared between instances but the
 * database.
 */
package io.skein.message;
