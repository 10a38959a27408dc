package io.skein.message.erase;

import io.skein.message.RepeatableSql;
import io.skein.message.Transactions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user has left behind, in Postgres: see {@code db/migration/message}. Each method is one
 * statement or one transaction, which holds the lock of one conversation at most.
 */
final class EraseStore {
  private static final int MENTIONS = 1000;

  private static final String FORGET_SCHEDULED = "DELETE FROM message.scheduled WHERE user_id = $1";
  private static final String FORGET_REQUESTS =
      "DELETE FROM message.join_request WHERE user_id = $1";

  private static final String CONVERSATIONS =
      """
      SELECT m.conversation_id FROM message.member m
      WHERE m.user_id = $1 AND m.conversation_id > $2 ORDER BY m.conversation_id LIMIT $3
      """;

  private static final String ENTRIES =
      """
      SELECT e.client_msg_id, e.conversation_id, e.seq FROM message.entry e
      WHERE e.sender = $1 AND (e.client_msg_id, e.conversation_id) > ($2, $3)
      ORDER BY e.client_msg_id, e.conversation_id LIMIT $4
      """;

  private static final String UNTOLD =
      """
      SELECT x.conversation_id FROM message.erasing x
      WHERE x.user_id = $1 ORDER BY x.conversation_id LIMIT $2
      """;

  private static final String ERASE_MEMBER = "SELECT message.erase_member_v1($1, $2)";
  private static final String ERASE_MENTIONS =
      "SELECT message.erase_mentions_v1($1, $2, $3) AS removed";
  private static final String ERASE_ENTRIES = "SELECT message.erase_entries_v1($1, $2, $3)";
  private static final String TELL =
      "SELECT seq, sent_at, members_seq FROM message.tell_erased_v1($1, $2, $3, $4, $5)";

  private final Transactions transactions;
  private final RepeatableSql sql;

  EraseStore(Transactions transactions, RepeatableSql sql) {
    this.transactions = transactions;
    this.sql = sql;
  }

  /** What does not belong to a conversation that the user is in. */
  Future<Void> forgetWishes(String userId) {
    return sql.execute(FORGET_SCHEDULED, Tuple.of(userId))
        .compose(done -> sql.execute(FORGET_REQUESTS, Tuple.of(userId)))
        .mapEmpty();
  }

  /** Conversations that the user is or was in, ascending. */
  Future<List<UUID>> conversations(String userId, UUID after, int limit) {
    return sql.execute(CONVERSATIONS, Tuple.of(userId, after, limit)).map(EraseStore::ids);
  }

  /**
   * Entries of the user by conversation.
   *
   * @param last where the next ones come after; empty: these are none
   */
  record Found(Map<UUID, List<Integer>> seqs, Optional<EraseCursor.Entries> last) {}

  /** The next entries that the user has sent, whether they have been erased or not. */
  Future<Found> entries(String userId, EraseCursor.Entries after, int limit) {
    return sql.execute(
            ENTRIES, Tuple.of(userId, after.afterClientMsgId(), after.afterConversation(), limit))
        .map(
            rows -> {
              Map<UUID, List<Integer>> seqs = new LinkedHashMap<>();
              Optional<EraseCursor.Entries> last = Optional.empty();
              for (Row row : rows) {
                UUID conversation = row.getUUID("conversation_id");
                seqs.computeIfAbsent(conversation, first -> new ArrayList<>())
                    .add(row.getInteger("seq"));
                last =
                    Optional.of(
                        new EraseCursor.Entries(row.getUUID("client_msg_id"), conversation));
              }
              return new Found(seqs, last);
            });
  }

  /** What the user has in a conversation beside the log; a direct one ends with it. */
  Future<Void> eraseMember(UUID conversationId, String userId) {
    return transactions
        .run(
            connection ->
                connection.preparedQuery(ERASE_MEMBER).execute(Tuple.of(conversationId, userId)))
        .compose(done -> eraseMentions(conversationId, userId));
  }

  private Future<Void> eraseMentions(UUID conversationId, String userId) {
    return sql.execute(ERASE_MENTIONS, Tuple.of(conversationId, userId, MENTIONS))
        .compose(
            rows ->
                rows.iterator().next().getInteger("removed") < MENTIONS
                    ? Future.succeededFuture()
                    : eraseMentions(conversationId, userId));
  }

  Future<Void> eraseEntries(UUID conversationId, String userId, List<Integer> seqs) {
    return transactions
        .run(
            connection ->
                connection
                    .preparedQuery(ERASE_ENTRIES)
                    .execute(Tuple.of(conversationId, userId, seqs.toArray(Integer[]::new))))
        .mapEmpty();
  }

  /** Conversations that have not been told yet. */
  Future<List<UUID>> untold(String userId, int limit) {
    return sql.execute(UNTOLD, Tuple.of(userId, limit)).map(EraseStore::ids);
  }

  /** The entry that tells. */
  record Told(int seq, Instant sentAt, int membersSeq) {}

  /** Appends the entry; empty: somebody else has done it. */
  Future<Optional<Told>> tell(
      UUID batchId, UUID bootId, UUID conversationId, String userId, Buffer body) {
    return transactions.run(
        connection ->
            connection
                .preparedQuery(TELL)
                .execute(Tuple.of(batchId, bootId, conversationId, userId, body))
                .map(rows -> told(rows.iterator().next())));
  }

  private static Optional<Told> told(Row row) {
    return row.getInteger("seq") == null
        ? Optional.empty()
        : Optional.of(
            new Told(
                row.getInteger("seq"),
                row.getOffsetDateTime("sent_at").toInstant(),
                row.getInteger("members_seq")));
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID("conversation_id")));
    return ids;
  }
}
