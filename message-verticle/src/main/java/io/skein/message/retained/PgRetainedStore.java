package io.skein.message.retained;

import io.skein.message.EntryRows;
import io.skein.message.RepeatableSql;
import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Retained values in Postgres: see {@code db/migration/message}. */
final class PgRetainedStore implements RetainedStore {
  /** One more than wanted is looked up, to see whether there are more. */
  private static final String PAGE =
      """
      SELECT r.*, %d::smallint AS type, NULL::bytea AS context, NULL::integer AS thread_seq
      FROM (SELECT m.conversation_id AS id FROM message.member m
            WHERE m.conversation_id = $1 AND m.user_id = $2 AND m.left_seq IS NULL) me
      LEFT JOIN LATERAL (
        SELECT v.*, row_number() OVER (ORDER BY v.key) AS number, count(*) OVER () AS found,
               sum(octet_length(v.body)) OVER (ORDER BY v.key) AS bytes
        FROM (SELECT x.conversation_id, x.key, x.version, x.seq, x.sender, x.client_msg_id,
                     x.sent_at, x.body
              FROM message.retained x
              WHERE x.conversation_id = me.id AND x.key > $3 AND NOT x.removed
              ORDER BY x.key LIMIT $4 + 1) v
      ) r ON r.number <= $4 AND (r.bytes <= $5 OR r.number = 1)
      ORDER BY r.key
      """
          .formatted(Entry.RETAINED_FIELD_NUMBER);

  private final RepeatableSql sql;
  private final int maxPageBytes;

  PgRetainedStore(RepeatableSql sql, int maxPageBytes) {
    this.sql = sql;
    this.maxPageBytes = maxPageBytes;
  }

  @Override
  public Future<Optional<Page>> page(
      UUID conversationId, String userId, String afterKey, int limit) {
    return sql.execute(PAGE, Tuple.of(conversationId, userId, afterKey, limit, (long) maxPageBytes))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(page(rows)));
  }

  private static Page page(RowSet<Row> rows) {
    List<Entry> entries = new ArrayList<>(rows.size());
    long found = 0;
    for (Row row : rows) {
      if (row.getInteger("seq") != null) {
        found = row.getLong("found");
        entries.add(EntryRows.bareToProto(row));
      }
    }
    return new Page(entries, found > entries.size());
  }
}
