package io.skein.message.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.skein.message.EntryRows;
import io.skein.message.RepeatableSql;
import io.skein.message.export.ExportCursor.Part;
import io.skein.message.settings.PgSettingsStore;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.ExportLine;
import io.skein.protocol.v1.ExportedJoinRequest;
import io.skein.protocol.v1.ExportedMembership;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.ScheduledMessage;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** A user's lines in Postgres, each part in the order of an index. */
final class ExportStore {
  private static final String MEMBERSHIPS =
      """
      SELECT m.conversation_id, c.kind, CASE WHEN m.left_seq IS NULL THEN c.title ELSE '' END AS title,
             o.user_id AS peer, m.role, m.joined_seq, m.left_seq, m.delivered_seq, m.read_seq,
             m.muted_until, m.pinned, m.muted, m.archived, m.marked_unread,
             m.hidden_count >= c.message_count AS hidden, m.draft, m.draft_reply, m.cleared_seq,
             m.hidden_entries::text
      FROM message.member m
      CROSS JOIN LATERAL (SELECT c.kind, c.title, c.message_count FROM message.conversation c
                          WHERE c.id = m.conversation_id OFFSET 0) c
      LEFT JOIN LATERAL (SELECT o.user_id FROM message.member o
                         WHERE c.kind = 1 AND o.conversation_id = m.conversation_id
                           AND o.user_id <> m.user_id LIMIT 1) o ON true
      WHERE m.user_id = $1 AND m.conversation_id > $2 ORDER BY m.conversation_id LIMIT $3
      """;

  private static final String JOIN_REQUESTS =
      """
      SELECT j.conversation_id, j.message, j.requested_at FROM message.join_request j
      WHERE j.user_id = $1 AND j.conversation_id > $2 ORDER BY j.conversation_id LIMIT $3
      """;

  private static final String SCHEDULED =
      """
      SELECT s.client_msg_id, s.request, s.send_at, s.error FROM (
        SELECT x.client_msg_id, x.request, x.send_at, x.error,
               sum(octet_length(x.request)) OVER place AS bytes, row_number() OVER place AS number
        FROM (SELECT y.* FROM message.scheduled y
              WHERE y.user_id = $1 AND y.client_msg_id > $2 ORDER BY y.client_msg_id LIMIT $3) x
        WINDOW place AS (ORDER BY x.client_msg_id)) s
      WHERE s.bytes <= $4 OR s.number = 1 ORDER BY s.number
      """;

  private static final String SENT =
      entries(
          "x.sender = $1 AND (x.client_msg_id, x.conversation_id) > ($2, $3)"
              + " ORDER BY x.client_msg_id, x.conversation_id LIMIT $4",
          "e.client_msg_id, e.conversation_id",
          "$5");

  /** Of one index range, in which those of a conversation stand together. */
  private static final String MADE =
      entries(
          "x.sender = $1 AND x.client_msg_id IS NULL AND x.conversation_id >= $2"
              + " AND (x.conversation_id, x.seq) > ($2, $3)"
              + " ORDER BY x.conversation_id, x.seq LIMIT $4",
          "e.conversation_id, e.seq",
          "$5");

  private static final String RETAINED =
      """
      SELECT r.*, %d::smallint AS type, NULL::bytea AS context, NULL::integer AS thread_seq
      FROM (
        SELECT v.*, sum(octet_length(v.body)) OVER place AS bytes, row_number() OVER place AS number
        FROM (SELECT x.conversation_id, x.key, x.version, x.seq, x.sender, x.client_msg_id,
                     x.sent_at, x.body
              FROM message.member m
              CROSS JOIN LATERAL (
                SELECT x.* FROM message.retained x
                WHERE x.conversation_id = m.conversation_id AND x.sender = $1 AND NOT x.removed
                  AND NOT EXISTS (SELECT FROM message.entry e
                                  WHERE e.conversation_id = x.conversation_id AND e.seq = x.seq)
                OFFSET 0) x
              WHERE m.user_id = $1 AND m.conversation_id >= $2
                AND (x.conversation_id, x.key) > ($2, $3)
              ORDER BY x.conversation_id, x.key LIMIT $4) v
        WINDOW place AS (ORDER BY v.conversation_id, v.key)) r
      WHERE r.bytes <= $5 OR r.number = 1 ORDER BY r.number
      """
          .formatted(Entry.RETAINED_FIELD_NUMBER);

  private final RepeatableSql sql;
  private final long maxPageBytes;

  ExportStore(RepeatableSql sql, int maxPageBytes) {
    this.sql = sql;
    this.maxPageBytes = maxPageBytes;
  }

  private static String entries(String where, String order, String maxBytes) {
    return """
        SELECT e.* FROM (
          SELECT %1$s, sum(octet_length(e.body)) OVER place AS bytes,
                 row_number() OVER place AS number
          FROM %2$s WINDOW place AS (ORDER BY %3$s)) e
        WHERE e.bytes <= %4$s OR e.number = 1 ORDER BY e.number
        """
        .formatted(EntryRows.CURRENT, EntryRows.asSent("$1", where), order, maxBytes);
  }

  /**
   * Some lines of one part.
   *
   * @param next where the lines after these begin; empty: there are none in this part
   */
  record Lines(List<ExportLine> lines, Optional<ExportCursor> next) {}

  /** The next lines of the cursor's part, at least one if there is any. */
  Future<Lines> lines(String userId, ExportCursor from, int limit) {
    return switch (from.part()) {
      case MEMBERSHIPS ->
          find(MEMBERSHIPS, Tuple.of(userId, from.first(), limit))
              .map(rows -> read(rows, (row, line) -> membership(userId, row, line)));
      case JOIN_REQUESTS ->
          find(JOIN_REQUESTS, Tuple.of(userId, from.first(), limit))
              .map(rows -> read(rows, ExportStore::joinRequest));
      case SCHEDULED ->
          find(SCHEDULED, Tuple.of(userId, from.first(), limit, maxPageBytes))
              .map(rows -> read(rows, ExportStore::scheduled));
      case SENT ->
          find(SENT, Tuple.of(userId, from.first(), from.second(), limit, maxPageBytes))
              .map(rows -> read(rows, ExportStore::sent));
      case MADE ->
          find(MADE, Tuple.of(userId, from.first(), from.number(), limit, maxPageBytes))
              .map(rows -> read(rows, ExportStore::made));
      case RETAINED ->
          find(RETAINED, Tuple.of(userId, from.first(), from.key(), limit, maxPageBytes))
              .map(rows -> read(rows, ExportStore::retained));
    };
  }

  private Future<RowSet<Row>> find(String query, Tuple parameters) {
    return sql.execute(query, parameters);
  }

  /** The reader puts a row into a line and answers the cursor after it. */
  private static Lines read(
      RowSet<Row> rows, BiFunction<Row, ExportLine.Builder, ExportCursor> by) {
    List<ExportLine> lines = new ArrayList<>(rows.size());
    Optional<ExportCursor> next = Optional.empty();
    for (Row row : rows) {
      ExportLine.Builder line = ExportLine.newBuilder();
      next = Optional.of(by.apply(row, line));
      lines.add(line.build());
    }
    return new Lines(lines, next);
  }

  private static ExportCursor membership(String userId, Row row, ExportLine.Builder line) {
    Kind kind = Optional.ofNullable(Kind.forNumber(row.getShort("kind"))).orElse(Kind.UNKNOWN);
    ExportedMembership.Builder membership =
        ExportedMembership.newBuilder()
            .setConversationId(row.getUUID("conversation_id").toString())
            .setKind(kind)
            .setTitle(row.getString("title"))
            .setJoinedSeq(row.getInteger("joined_seq"))
            .setDeliveredSeq(row.getInteger("delivered_seq"))
            .setReadSeq(row.getInteger("read_seq"))
            .setSettings(PgSettingsStore.settings(row, row.getUUID("conversation_id")));
    if (kind == Kind.DIRECT) {
      membership.setUserId(Optional.ofNullable(row.getString("peer")).orElse(userId));
    } else {
      membership.setRole(
          Optional.ofNullable(Role.forNumber(row.getShort("role"))).orElse(Role.UNKNOWN));
    }
    if (row.getInteger("left_seq") != null) {
      membership.setLeftSeq(row.getInteger("left_seq"));
    }
    if (row.getOffsetDateTime("muted_until") != null) {
      membership.setMutedUntil(time(row.getOffsetDateTime("muted_until")));
    }
    line.setKind("membership").setMembership(membership);
    return ExportCursor.after(Part.MEMBERSHIPS, row.getUUID("conversation_id"));
  }

  private static ExportCursor joinRequest(Row row, ExportLine.Builder line) {
    line.setKind("joinRequest")
        .setJoinRequest(
            ExportedJoinRequest.newBuilder()
                .setConversationId(row.getUUID("conversation_id").toString())
                .setMessage(row.getString("message"))
                .setRequestedAt(time(row.getOffsetDateTime("requested_at"))));
    return ExportCursor.after(Part.JOIN_REQUESTS, row.getUUID("conversation_id"));
  }

  private static ExportCursor scheduled(Row row, ExportLine.Builder line) {
    try {
      line.setKind("scheduled")
          .setScheduled(
              ScheduledMessage.newBuilder()
                  .setMessage(
                      SendRequest.parseFrom(
                          ByteString.copyFrom(row.getBuffer("request").getBytes())))
                  .setAt(time(row.getOffsetDateTime("send_at")))
                  .setError(row.getString("error")));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("a scheduled message cannot be read", broken);
    }
    return ExportCursor.after(Part.SCHEDULED, row.getUUID("client_msg_id"));
  }

  private static ExportCursor sent(Row row, ExportLine.Builder line) {
    line.setKind("entry").setEntry(EntryRows.toProto(row));
    return new ExportCursor(
        Part.SENT, row.getUUID("client_msg_id"), row.getUUID("conversation_id"), 0, "");
  }

  private static ExportCursor made(Row row, ExportLine.Builder line) {
    line.setKind("entry").setEntry(EntryRows.toProto(row));
    return new ExportCursor(
        Part.MADE, row.getUUID("conversation_id"), new UUID(0, 0), row.getInteger("seq"), "");
  }

  private static ExportCursor retained(Row row, ExportLine.Builder line) {
    line.setKind("retained").setRetained(EntryRows.bareToProto(row));
    return new ExportCursor(
        Part.RETAINED, row.getUUID("conversation_id"), new UUID(0, 0), 0, row.getString("key"));
  }

  private static Timestamp time(OffsetDateTime at) {
    return Timestamp.newBuilder().setSeconds(at.toEpochSecond()).setNanos(at.getNano()).build();
  }
}
