package io.skein.message;

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
  private static final String APPENDED =
      "SELECT status, seq, sent_at, members_seq, thread_seq, version FROM message.";

  private static final String PARAMETERS =
      "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
          + " $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30";

  private static final String APPEND = APPENDED + "append_v3" + PARAMETERS + ")";

  private static final String APPEND_EXPIRING =
      APPENDED + "append_expiring_v1" + PARAMETERS + ", $31, $32, $33)";

  /** The membership and the entries come from one statement, thus from one snapshot. */
  private static final String HISTORY =
      Visibility.SEEN
          + """
      SELECT seen.head, %1$s
      FROM seen LEFT JOIN LATERAL (
        SELECT %1$s, sum(octet_length(e.body)) OVER (ORDER BY e.seq %2$s) AS bytes,
               row_number() OVER (ORDER BY e.seq %2$s) AS number
        FROM %3$s
      ) e ON e.bytes <= $6 OR e.number = 1
      ORDER BY e.seq
      """;

  private static final String OLDEST_FIRST = history("", "ASC");
  private static final String NEWEST_FIRST = history("", "DESC");
  private static final String OF_THREAD = " AND x.thread_seq = $7";
  private static final String THREAD_OLDEST_FIRST = history(OF_THREAD, "ASC");
  private static final String THREAD_NEWEST_FIRST = history(OF_THREAD, "DESC");

  private static final String ENTRIES =
      "SELECT "
          + EntryRows.BARE
          + " FROM message.entry e"
          + " WHERE e.conversation_id = $1 AND e.seq BETWEEN $2 AND $3 ORDER BY e.seq";

  private final SqlClient client;
  private final RepeatableSql reads;
  private final ChangeLimits limits;

  PgEntryStore(SqlClient client, ChangeLimits limits) {
    this.client = client;
    this.limits = limits;
    this.reads = new RepeatableSql(client);
  }

  private static String history(String which, String direction) {
    String range =
        "x.conversation_id = seen.id"
            + " AND x.seq BETWEEN greatest($3, seen.lowest) AND least($4, seen.head)"
            + which
            + " ORDER BY x.seq "
            + direction
            + " LIMIT $5";
    return HISTORY.formatted(
        EntryRows.CURRENT,
        direction,
        EntryRows.current("$2", "seen.head", "seen.hidden_entries", range));
  }

  @Override
  public Future<List<Outcome>> append(Batch batch) {
    BatchColumns columns = new BatchColumns(batch);
    boolean expire = columns.expire();
    return client
        .preparedQuery(expire ? APPEND_EXPIRING : APPEND)
        .execute(expire ? columns.expiringParameters(limits) : columns.parameters(limits))
        .map(rows -> columns.outcomes(outcomes(rows.iterator().next())));
  }

  private static List<Outcome> outcomes(Row row) {
    Short[] status = row.getArrayOfShorts(0);
    Integer[] seq = row.getArrayOfIntegers(1);
    OffsetDateTime[] sentAt = row.getArrayOfOffsetDateTimes(2);
    Integer[] membersSeq = row.getArrayOfIntegers(3);
    Integer[] threadSeq = row.getArrayOfIntegers(4);
    Integer[] version = row.getArrayOfIntegers(5);
    List<Outcome> outcomes = new ArrayList<>(status.length);
    for (int i = 0; i < status.length; i++) {
      outcomes.add(
          switch (status[i]) {
            case 0, 1 ->
                new Outcome.Stored(
                    seq[i],
                    sentAt[i].toInstant(),
                    membersSeq[i],
                    threadSeq[i] == null ? 0 : threadSeq[i],
                    version[i] == null ? 0 : version[i],
                    status[i] == 1);
            case 2 -> new Outcome.Busy();
            case 3 -> Outcome.Refused.NOT_FOUND;
            case 4 -> Outcome.Refused.CONFLICT;
            case 5 -> Outcome.Refused.OUT_OF_ORDER;
            case 6 -> Outcome.Refused.NOT_ALLOWED;
            case 7 -> Outcome.Refused.NO_SUCH_MESSAGE;
            case 8 -> Outcome.Refused.TOO_LATE;
            case 9 -> Outcome.Refused.UNCHANGED;
            case 10 -> Outcome.Refused.UNSUITABLE;
            case 11 -> Outcome.Refused.TOO_MANY;
            case 12 -> new Outcome.VersionConflict(version[i]);
            default -> throw new IllegalStateException("append_v3 answered status " + status[i]);
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
    if (range.threadSeq() != 0) {
      return reads
          .execute(
              range.newestFirst() ? THREAD_NEWEST_FIRST : THREAD_OLDEST_FIRST,
              parameters.addInteger(range.threadSeq()))
          .map(PgEntryStore::history);
    }
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
        entries.add(EntryRows.current(row));
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
              rows.forEach(row -> entries.add(EntryRows.bare(row)));
              return entries;
            });
  }
}
