package io.skein.message;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The outbox in Postgres: see {@code db/migration/message}. */
final class PgOutbox implements Outbox {
  private static final String PENDING =
      "SELECT batch_id, boot_id FROM message.outbox WHERE done_at IS NULL ORDER BY created_at LIMIT $1";

  private static final String PENDING_WITH =
      """
      SELECT o.batch_id, o.boot_id FROM message.outbox o
      WHERE o.done_at IS NULL AND o.conversation_ids && $1::uuid[] AND EXISTS (
        SELECT FROM unnest(o.conversation_ids, o.first_seqs, o.last_seqs) s (id, first_seq, last_seq)
        JOIN unnest($1::uuid[], $2::integer[]) e (id, seq)
          ON e.id = s.id AND e.seq BETWEEN s.first_seq AND s.last_seq)
      """;

  private static final String CLAIM =
      """
      UPDATE message.outbox o SET boot_id = $1
      FROM (SELECT p.batch_id
            FROM unnest($2::uuid[], $3::uuid[]) seen (batch_id, boot_id)
            JOIN message.outbox p ON p.batch_id = seen.batch_id AND p.boot_id = seen.boot_id
            WHERE p.done_at IS NULL
            FOR UPDATE OF p SKIP LOCKED) mine
      WHERE o.batch_id = mine.batch_id
      RETURNING o.batch_id, o.conversation_ids, o.first_seqs, o.last_seqs
      """;

  private static final String DONE =
      "UPDATE message.outbox SET done_at = now() WHERE batch_id = ANY ($1) AND done_at IS NULL";

  /** In the order of their ids, so that two of these never wait for each other. */
  private static final String DONE_AND_WAKE =
      """
      WITH woken AS (
        INSERT INTO message.wakeup AS w (conversation_id, seq, sender)
        SELECT n.* FROM unnest($2::uuid[], $3::integer[], $4::text[]) n (id, seq, sender)
        ORDER BY n.id
        ON CONFLICT (conversation_id) DO UPDATE SET seq = excluded.seq, sender = excluded.sender
        WHERE w.seq < excluded.seq)
      """
          + DONE;

  /** What the search has not taken in stays longer, but not for ever. */
  private static final String REMOVE =
      """
      DELETE FROM message.outbox WHERE batch_id IN (
        SELECT batch_id FROM message.outbox
        WHERE done_at < now() - $1 * interval '1 millisecond'
          AND (indexed OR done_at < now() - $1 * interval '10 milliseconds')
        LIMIT $2 FOR UPDATE SKIP LOCKED)
      """;

  private static final String REPLAY = "SELECT message.replay_v1($1, $2) AS opened";

  private final RepeatableSql sql;

  PgOutbox(SqlClient client) {
    this.sql = new RepeatableSql(client);
  }

  @Override
  public Future<List<Pending>> pending(int limit) {
    return sql.execute(PENDING, Tuple.of(limit)).map(PgOutbox::pending);
  }

  @Override
  public Future<List<Pending>> pendingWith(Collection<EntryRef> entries) {
    return sql.execute(
            PENDING_WITH,
            Tuple.tuple()
                .addArrayOfUUID(entries.stream().map(EntryRef::conversationId).toArray(UUID[]::new))
                .addArrayOfInteger(entries.stream().map(EntryRef::seq).toArray(Integer[]::new)))
        .map(PgOutbox::pending);
  }

  private static List<Pending> pending(RowSet<Row> rows) {
    List<Pending> pending = new ArrayList<>(rows.size());
    rows.forEach(row -> pending.add(new Pending(row.getUUID("batch_id"), row.getUUID("boot_id"))));
    return pending;
  }

  @Override
  public Future<List<Claimed>> claim(UUID bootId, Collection<Pending> seen) {
    return sql.execute(
            CLAIM,
            Tuple.of(
                bootId,
                seen.stream().map(Pending::batchId).toArray(UUID[]::new),
                seen.stream().map(Pending::bootId).toArray(UUID[]::new)))
        .map(
            rows -> {
              List<Claimed> claimed = new ArrayList<>(rows.size());
              rows.forEach(row -> claimed.add(new Claimed(row.getUUID("batch_id"), spans(row))));
              return claimed;
            });
  }

  private static List<Span> spans(Row row) {
    UUID[] conversations = row.getArrayOfUUIDs("conversation_ids");
    Integer[] firstSeqs = row.getArrayOfIntegers("first_seqs");
    Integer[] lastSeqs = row.getArrayOfIntegers("last_seqs");
    List<Span> spans = new ArrayList<>(conversations.length);
    for (int i = 0; i < conversations.length; i++) {
      spans.add(new Span(conversations[i], firstSeqs[i], lastSeqs[i]));
    }
    return spans;
  }

  @Override
  public Future<Void> done(Collection<UUID> batchIds, Collection<Wakeup> wakeups) {
    UUID[] batches = batchIds.toArray(UUID[]::new);
    return wakeups.isEmpty()
        ? sql.execute(DONE, Tuple.of(batches)).mapEmpty()
        : sql.execute(
                DONE_AND_WAKE,
                Tuple.of(
                    batches,
                    wakeups.stream().map(Wakeup::conversationId).toArray(UUID[]::new),
                    wakeups.stream().map(Wakeup::seq).toArray(Integer[]::new),
                    wakeups.stream().map(Wakeup::sender).toArray(String[]::new)))
            .mapEmpty();
  }

  @Override
  public Future<Integer> removeDone(Duration olderThan, int limit) {
    return sql.execute(REMOVE, Tuple.of(olderThan.toMillis(), limit)).map(rows -> rows.rowCount());
  }

  @Override
  public Future<Integer> replay(String memory, int limit) {
    return sql.execute(REPLAY, Tuple.of(memory, limit))
        .map(rows -> rows.iterator().next().getInteger("opened"));
  }
}
