package io.skein.message;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Single entries in Postgres: see {@code db/migration/message}. */
final class PgLookups implements Lookups {
  private static final String FOUND =
      Visibility.SEEN + "SELECT seen.head, %1$s FROM seen LEFT JOIN LATERAL %2$s ON true";

  private static final String VISIBLE =
      "x.conversation_id = seen.id AND x.seq BETWEEN seen.lowest AND seen.head";

  private static final String ENTRIES =
      current(VISIBLE + " AND x.seq = ANY ($3)") + " ORDER BY array_position($3, e.seq)";

  /** With an array, not a join: a plan for that walked through the whole conversation. */
  private static final String PINNED =
      current(
              VISIBLE
                  + " AND x.seq = ANY (ARRAY(SELECT p.seq FROM message.entry_state p"
                  + " WHERE p.conversation_id = seen.id AND p.pinned_seq <= seen.head))"
                  + " AND NOT coalesce(seen.hidden_entries @> x.seq, false)")
          + " ORDER BY e.pinned_seq DESC";

  private static final String VERSIONS =
      FOUND.formatted(
              EntryRows.BARE,
              """
          (SELECT %1$s, e.erased FROM message.entry e
           WHERE e.conversation_id = seen.id AND e.seq = $3
             AND e.seq BETWEEN seen.lowest AND seen.head
           UNION ALL
           (SELECT %1$s, e.erased FROM message.entry e
            WHERE e.conversation_id = seen.id AND e.target_seq = $3 AND e.type = 30
              AND $3 >= seen.lowest AND e.seq <= seen.head
            ORDER BY e.seq DESC LIMIT $4)
          ) e"""
                  .formatted(EntryRows.BARE))
          + " AND NOT coalesce(seen.hidden_entries @> $3, false) ORDER BY e.seq";

  private static final String REACTIONS =
      FOUND.formatted(
              "e.user_id",
              """
          (SELECT r.user_id FROM message.reaction r
           WHERE r.conversation_id = seen.id AND r.seq = $3 AND r.key = $4 AND r.user_id > $5
             AND r.seq BETWEEN seen.lowest AND seen.head AND seen.present
           ORDER BY r.user_id LIMIT $6) e""")
          + " ORDER BY e.user_id";

  /** Walks over the members once, which is why it is done on demand only. */
  private static final String RECEIPTS =
      Visibility.SEEN
          + """
          SELECT e.sender, e.sender = $2 OR me.role <= 2 AND c.kind <> 1 AS allowed,
                 o.members, o.delivered, o.read, r.read_by
          FROM seen
          JOIN message.conversation c ON c.id = seen.id
          JOIN message.member me ON me.conversation_id = seen.id AND me.user_id = $2
          LEFT JOIN message.entry e ON e.conversation_id = seen.id AND e.seq = $3
            AND e.seq BETWEEN seen.lowest AND seen.head AND e.type BETWEEN 10 AND 19
            AND seen.present
          LEFT JOIN LATERAL (
            SELECT count(*)::integer AS members,
                   count(*) FILTER (WHERE m.delivered_seq >= $3)::integer AS delivered,
                   count(*) FILTER (WHERE m.read_seq >= $3)::integer AS read
            FROM message.member m
            WHERE m.conversation_id = seen.id AND m.user_id <> e.sender AND m.left_seq IS NULL
              AND m.joined_seq < $3
          ) o ON true
          LEFT JOIN LATERAL (
            SELECT array_agg(r.user_id ORDER BY r.user_id) AS read_by
            FROM (SELECT m.user_id FROM message.member m
                  WHERE m.conversation_id = seen.id AND m.user_id <> e.sender
                    AND m.left_seq IS NULL AND m.joined_seq < $3 AND m.read_seq >= $3
                    AND m.user_id > $4
                  ORDER BY m.user_id LIMIT $5) r
          ) r ON true
          """;

  private static final String SEQ_AT = "SELECT message.seq_at_v1($1, $2) AS seq";

  private final RepeatableSql sql;

  PgLookups(SqlClient client) {
    this.sql = new RepeatableSql(client);
  }

  private static String current(String where) {
    return FOUND.formatted(
        EntryRows.CURRENT, EntryRows.current("$2", "seen.head", "seen.hidden_entries", where));
  }

  @Override
  public Future<Optional<List<Entry>>> entries(UUID id, String userId, List<Integer> seqs) {
    return found(
        ENTRIES, Tuple.of(id, userId, seqs.toArray(Integer[]::new)), "seq", EntryRows::current);
  }

  @Override
  public Future<Optional<List<Entry>>> versions(UUID id, String userId, int seq, int limit) {
    return found(VERSIONS, Tuple.of(id, userId, seq, limit), "seq", EntryRows::bare);
  }

  @Override
  public Future<Optional<List<Entry>>> pinned(UUID id, String userId) {
    return found(PINNED, Tuple.of(id, userId), "seq", EntryRows::current);
  }

  @Override
  public Future<Optional<List<String>>> reactions(
      UUID id, String userId, int seq, String key, String afterUser, int limit) {
    return found(
        REACTIONS,
        Tuple.of(id, userId, seq, key, afterUser, limit),
        "user_id",
        row -> row.getString("user_id"));
  }

  @Override
  public Future<Integer> seqAt(UUID conversationId, Instant time) {
    return sql.execute(SEQ_AT, Tuple.of(conversationId, time.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getInteger("seq"))
        .map(seq -> seq == null ? Integer.MAX_VALUE : seq);
  }

  @Override
  public Future<Optional<Receipts>> receipts(
      UUID id, String userId, int seq, String afterUser, int limit) {
    return sql.execute(RECEIPTS, Tuple.of(id, userId, seq, afterUser, limit))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(receipts(rows.iterator().next())));
  }

  private static Receipts receipts(Row row) {
    String[] readBy = row.getArrayOfStrings("read_by");
    return new Receipts(
        Boolean.TRUE.equals(row.getBoolean("allowed")),
        Optional.ofNullable(row.getString("sender")),
        row.getInteger("members"),
        row.getInteger("delivered"),
        row.getInteger("read"),
        readBy == null ? List.of() : List.of(readBy));
  }

  /** No row at all: the user was never in the conversation. A row without {@code key}: nothing. */
  private <T> Future<Optional<List<T>>> found(
      String query, Tuple parameters, String key, Function<Row, T> reader) {
    return sql.execute(query, parameters)
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(read(rows, key, reader)));
  }

  private static <T> List<T> read(RowSet<Row> rows, String key, Function<Row, T> reader) {
    List<T> found = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getValue(key) != null) {
        found.add(reader.apply(row));
      }
    }
    return found;
  }
}
