package io.skein.message.search;

import io.skein.message.EntryRows;
import io.skein.message.RepeatableSql;
import io.skein.message.Transactions;
import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The index in Postgres: see {@code db/migration/message}. */
final class PgSearchIndex implements SearchIndex {
  private static final String NEWS =
      """
      SELECT batch_id, conversation_ids, first_seqs, last_seqs FROM message.outbox
      WHERE NOT indexed ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
      """;

  /** Messages that are new or have been edited or recalled. */
  private static final String MESSAGES =
      """
      SELECT %s FROM (
        SELECT DISTINCT n.conversation_id, coalesce(n.target_seq, n.seq) AS seq
        FROM unnest($1::uuid[], $2::integer[], $3::integer[]) s (id, first_seq, last_seq)
        JOIN message.entry n
          ON n.conversation_id = s.id AND n.seq BETWEEN s.first_seq AND s.last_seq
        WHERE n.type BETWEEN 10 AND 19 OR n.type IN (30, 31)
      ) t JOIN LATERAL %s ON true
      """
          .formatted(
              EntryRows.CURRENT,
              EntryRows.current(
                  "''",
                  "2147483647",
                  "NULL::int4multirange",
                  "x.conversation_id = t.conversation_id AND x.seq = t.seq"
                      + " AND x.type BETWEEN 10 AND 19"));

  /** Whoever knows more of the changes of a message wins. */
  private static final String WRITE =
      """
      INSERT INTO message.search AS s (
        conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
      SELECT n.conversation_id, n.seq, n.changed_seq, n.sender, n.type, n.sent_at,
             array_to_tsvector(string_to_array(n.tokens, ' '))
      FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::text[], $5::smallint[],
                  $6::timestamptz[], $7::text[])
           n (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
      ON CONFLICT (conversation_id, seq) DO UPDATE
      SET changed_seq = excluded.changed_seq, type = excluded.type, tokens = excluded.tokens
      WHERE s.changed_seq <= excluded.changed_seq
      """;

  private static final String DONE =
      "UPDATE message.outbox SET indexed = true WHERE batch_id = ANY ($1)";

  private static final String FIND =
      """
      SELECT %s
      FROM message.search_v1($1, $2, $3::text::tsquery, $4, $5, $6, $7, $8, $9, $10, $11) found
      JOIN LATERAL %s ON true
      ORDER BY found.sent_at DESC, found.conversation_id DESC, found.seq DESC
      """
          .formatted(
              EntryRows.CURRENT,
              EntryRows.current(
                  "$1",
                  "found.head",
                  "(SELECT m.hidden_entries FROM message.member m"
                      + " WHERE m.conversation_id = x.conversation_id AND m.user_id = $1)",
                  "x.conversation_id = found.conversation_id AND x.seq = found.seq"));

  private static final Instant ALWAYS = Instant.EPOCH;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final Position TOP = new Position(NEVER, new UUID(-1, -1), Integer.MAX_VALUE);

  private final Transactions transactions;
  private final RepeatableSql reads;

  PgSearchIndex(Transactions transactions, RepeatableSql reads) {
    this.transactions = transactions;
    this.reads = reads;
  }

  @Override
  public Future<Integer> follow(int batches) {
    return transactions.run(
        connection ->
            connection
                .preparedQuery(NEWS)
                .execute(Tuple.of(batches))
                .compose(
                    news ->
                        news.size() == 0
                            ? Future.succeededFuture(0)
                            : take(connection, news).map(news.size())));
  }

  private static Future<?> take(SqlConnection connection, RowSet<Row> news) {
    List<UUID> batches = new ArrayList<>();
    List<UUID> conversations = new ArrayList<>();
    List<Integer> firstSeqs = new ArrayList<>();
    List<Integer> lastSeqs = new ArrayList<>();
    for (Row row : news) {
      batches.add(row.getUUID("batch_id"));
      conversations.addAll(List.of(row.getArrayOfUUIDs("conversation_ids")));
      firstSeqs.addAll(List.of(row.getArrayOfIntegers("first_seqs")));
      lastSeqs.addAll(List.of(row.getArrayOfIntegers("last_seqs")));
    }
    return connection
        .preparedQuery(MESSAGES)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(conversations.toArray(UUID[]::new))
                .addArrayOfInteger(firstSeqs.toArray(Integer[]::new))
                .addArrayOfInteger(lastSeqs.toArray(Integer[]::new)))
        .compose(
            messages ->
                messages.size() == 0
                    ? Future.succeededFuture()
                    : connection.preparedQuery(WRITE).execute(columns(messages)))
        .compose(
            written ->
                connection
                    .preparedQuery(DONE)
                    .execute(Tuple.tuple().addArrayOfUUID(batches.toArray(UUID[]::new))));
  }

  private static Tuple columns(RowSet<Row> messages) {
    int size = messages.size();
    UUID[] conversation = new UUID[size];
    Integer[] seq = new Integer[size];
    Integer[] changedSeq = new Integer[size];
    String[] sender = new String[size];
    Short[] type = new Short[size];
    OffsetDateTime[] sentAt = new OffsetDateTime[size];
    String[] tokens = new String[size];
    int i = 0;
    for (Row row : messages) {
      Entry entry = EntryRows.toProto(row);
      conversation[i] = row.getUUID("conversation_id");
      seq[i] = entry.getSeq();
      changedSeq[i] = entry.getState().getChangedSeq();
      sender[i] = entry.getSender();
      type[i] = row.getShort("type");
      sentAt[i] = row.getOffsetDateTime("sent_at");
      tokens[i] = tokens(entry);
      i++;
    }
    return Tuple.tuple()
        .addArrayOfUUID(conversation)
        .addArrayOfInteger(seq)
        .addArrayOfInteger(changedSeq)
        .addArrayOfString(sender)
        .addArrayOfShort(type)
        .addArrayOfOffsetDateTime(sentAt)
        .addArrayOfString(tokens);
  }

  /** What has lost its content is not found any more. */
  private static String tokens(Entry entry) {
    return entry.getContentCase() == Entry.ContentCase.CONTENT_NOT_SET
        ? ""
        : String.join(" ", Tokens.of(Words.of(entry)));
  }

  @Override
  public Future<List<Entry>> find(String userId, Wanted wanted, int limit) {
    Position after = wanted.after().orElse(TOP);
    Tuple parameters =
        Tuple.tuple()
            .addString(userId)
            .addUUID(wanted.conversationId().orElse(null))
            .addString(wanted.tsquery())
            .addString(wanted.sender().orElse(null))
            .addArrayOfShort(wanted.types().stream().map(Integer::shortValue).toArray(Short[]::new))
            .addOffsetDateTime(wanted.since().orElse(ALWAYS).atOffset(ZoneOffset.UTC))
            .addOffsetDateTime(wanted.before().orElse(NEVER).atOffset(ZoneOffset.UTC))
            .addOffsetDateTime(after.sentAt().atOffset(ZoneOffset.UTC))
            .addUUID(after.conversationId())
            .addInteger(after.seq())
            .addInteger(limit);
    return reads
        .execute(FIND, parameters)
        .map(
            rows -> {
              List<Entry> entries = new ArrayList<>(rows.size());
              rows.forEach(row -> entries.add(EntryRows.toProto(row)));
              return entries;
            });
  }
}
