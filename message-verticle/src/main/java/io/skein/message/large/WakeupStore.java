package io.skein.message.large;

import io.skein.message.RepeatableSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Wake-ups and members in Postgres: see {@code db/migration/message}. */
final class WakeupStore {
  private static final String CLAIM =
      """
      UPDATE message.wakeup w SET look_at = now() + $1 * interval '1 millisecond'
      FROM (SELECT d.conversation_id FROM message.wakeup d WHERE d.look_at <= now()
            ORDER BY d.look_at LIMIT 1 FOR UPDATE SKIP LOCKED) due
      WHERE w.conversation_id = due.conversation_id
      RETURNING w.conversation_id, w.seq, w.sender
      """;

  private static final String EXTEND =
      "UPDATE message.wakeup SET look_at = now() + $2 * interval '1 millisecond'"
          + " WHERE conversation_id = $1";

  /** Who has the entry on any device needs no notification. */
  private static final String MEMBERS =
      """
      SELECT m.user_id FROM message.member m
      WHERE m.conversation_id = $1 AND m.user_id > $2 AND m.user_id <> $3
        AND m.left_seq IS NULL AND m.joined_seq < $4 AND m.delivered_seq < $4
      ORDER BY m.user_id LIMIT $5
      """;

  /** Where a newer entry was noted meanwhile, the row stays for it. */
  private static final String TOLD =
      """
      WITH told AS (DELETE FROM message.wakeup WHERE conversation_id = $1 AND seq = $2 RETURNING 1)
      UPDATE message.wakeup SET look_at = now() + $3 * interval '1 millisecond'
      WHERE conversation_id = $1 AND seq > $2 AND NOT EXISTS (SELECT FROM told)
      """;

  private final RepeatableSql sql;

  WakeupStore(RepeatableSql sql) {
    this.sql = sql;
  }

  /** Members of a conversation are to be told of an entry. */
  record Wakeup(UUID conversationId, int seq, String sender) {}

  /** The one that waits longest, for the claimer alone as long as the lease runs. */
  Future<Optional<Wakeup>> claim(Duration lease) {
    return sql.execute(CLAIM, Tuple.of(lease.toMillis()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Optional.empty();
              }
              Row row = rows.iterator().next();
              return Optional.of(
                  new Wakeup(
                      row.getUUID("conversation_id"),
                      row.getInteger("seq"),
                      row.getString("sender")));
            });
  }

  Future<Void> extend(Wakeup wakeup, Duration lease) {
    return sql.execute(EXTEND, Tuple.of(wakeup.conversationId(), lease.toMillis())).mapEmpty();
  }

  /** Members who are to hear of it and have it on no device, ascending by id. */
  Future<List<String>> members(Wakeup wakeup, String afterUser, int limit) {
    return sql.execute(
            MEMBERS,
            Tuple.of(wakeup.conversationId(), afterUser, wakeup.sender(), wakeup.seq(), limit))
        .map(
            rows -> {
              List<String> users = new ArrayList<>(rows.size());
              rows.forEach(row -> users.add(row.getString("user_id")));
              return users;
            });
  }

  /**
   * All have been told.
   *
   * @param rest how long a newer one has to wait
   */
  Future<Void> told(Wakeup wakeup, Duration rest) {
    return sql.execute(TOLD, Tuple.of(wakeup.conversationId(), wakeup.seq(), rest.toMillis()))
        .mapEmpty();
  }
}
