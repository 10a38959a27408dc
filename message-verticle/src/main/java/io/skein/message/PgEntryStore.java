package io.skein.message;

import com.google.protobuf.ByteString;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The log in Postgres: see {@code db/migration/message}. */
final class PgEntryStore implements EntryStore {
  private static final String APPEND =
      "SELECT status, seq, sent_at, members_seq FROM"
          + " message.append_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

  static final String ENTRY_COLUMNS =
      "e.conversation_id, e.seq, e.sender, e.client_msg_id, e.sent_at, e.type, e.body";

  /** The membership and the entries come from one statement, thus from one snapshot. */
  private static final String HISTORY =
      """
      WITH seen AS (
        SELECT c.id, greatest(m.joined_seq + 1, c.first_seq) AS lowest,
               least(c.last_seq, coalesce(m.left_seq, c.last_seq)) AS head
        FROM message.member m JOIN message.conversation c ON c.id = m.conversation_id
        WHERE m.conversation_id = $1 AND m.user_id = $2
      )
      SELECT seen.head, %1$s
      FROM seen LEFT JOIN LATERAL (
        SELECT %1$s, sum(octet_length(e.body)) OVER (ORDER BY e.seq %2$s) AS bytes,
               row_number() OVER (ORDER BY e.seq %2$s) AS number
        FROM (SELECT %1$s FROM message.entry e
              WHERE e.conversation_id = seen.id
                AND e.seq BETWEEN greatest($3, seen.lowest) AND least($4, seen.head)
              ORDER BY e.seq %2$s LIMIT $5) e
      ) e ON e.bytes <= $6 OR e.number = 1
      ORDER BY e.seq
      """;

  private static final String OLDEST_FIRST = HISTORY.formatted(ENTRY_COLUMNS, "ASC");
  private static final String NEWEST_FIRST = HISTORY.formatted(ENTRY_COLUMNS, "DESC");

  private static final String ENTRIES =
      "SELECT "
          + ENTRY_COLUMNS
          + " FROM message.entry e"
          + " WHERE e.conversation_id = $1 AND e.seq BETWEEN $2 AND $3 ORDER BY e.seq";

  private final SqlClient client;
  private final RepeatableSql reads;

  PgEntryStore(SqlClient client) {
    this.client = client;
    this.reads = new RepeatableSql(client);
  }

  @Override
  public Future<List<Outcome>> append(Batch batch) {
    BatchColumns columns = new BatchColumns(batch);
    return client
        .preparedQuery(APPEND)
        .execute(columns.parameters())
        .map(rows -> columns.outcomes(outcomes(rows.iterator().next())));
  }

  private static List<Outcome> outcomes(Row row) {
    Short[] status = row.getArrayOfShorts(0);
    Integer[] seq = row.getArrayOfIntegers(1);
    OffsetDateTime[] sentAt = row.getArrayOfOffsetDateTimes(2);
    Integer[] membersSeq = row.getArrayOfIntegers(3);
    List<Outcome> outcomes = new ArrayList<>(status.length);
    for (int i = 0; i < status.length; i++) {
      outcomes.add(
          switch (status[i]) {
            case 0, 1 ->
                new Outcome.Stored(seq[i], sentAt[i].toInstant(), membersSeq[i], status[i] == 1);
            case 2 -> new Outcome.Busy();
            case 3 -> Outcome.Refused.NOT_FOUND;
            case 4 -> Outcome.Refused.CONFLICT;
            case 5 -> Outcome.Refused.OUT_OF_ORDER;
            default -> throw new IllegalStateException("append_v1 answered status " + status[i]);
          });
    }
    return outcomes;
  }

  @Override
  public Future<Optional<History>> history(UUID conversationId, String userId, Range range) {
    Tuple parameters =
        Tuple.of(
            conversationId,
            userId,
            range.fromSeq(),
            range.toSeq(),
            range.limit(),
            (long) range.maxBytes());
    return reads
        .execute(range.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST, parameters)
        .map(PgEntryStore::history);
  }

  private static Optional<History> history(RowSet<Row> rows) {
    List<Entry> entries = new ArrayList<>(rows.size());
    int head = -1;
    for (Row row : rows) {
      head = row.getInteger("head");
      if (row.getInteger("seq") != null) {
        entries.add(entry(row));
      }
    }
    return head < 0 ? Optional.empty() : Optional.of(new History(entries, head));
  }

  @Override
  public Future<List<Entry>> entries(UUID conversationId, int firstSeq, int lastSeq) {
    return reads
        .execute(ENTRIES, Tuple.of(conversationId, firstSeq, lastSeq))
        .map(
            rows -> {
              List<Entry> entries = new ArrayList<>(rows.size());
              rows.forEach(row -> entries.add(entry(row)));
              return entries;
            });
  }

  /** An entry from a row that has the {@link #ENTRY_COLUMNS}. */
  static Entry entry(Row row) {
    return new Entry(
        row.getUUID("conversation_id"),
        row.getInteger("seq"),
        row.getString("sender"),
        Optional.ofNullable(row.getUUID("client_msg_id")),
        row.getOffsetDateTime("sent_at").toInstant(),
        row.getShort("type"),
        ByteString.copyFrom(row.getBuffer("body").getBytes()));
  }
}
