package io.skein.message.schedule;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.skein.message.RepeatableSql;
import io.skein.protocol.v1.ListScheduledReply;
import io.skein.protocol.v1.ScheduledMessage;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Messages that wait for their time, in Postgres: see {@code db/migration/message}. */
final class ScheduleStore {
  private static final String SET = "SELECT message.schedule_v1($1, $2, $3, $4, $5, $6) AS status";

  private static final String LIST =
      """
      SELECT l.request, l.send_at, l.error, l.found
      FROM (SELECT s.*, count(*) OVER () AS found, row_number() OVER place AS number,
                   sum(octet_length(s.request)) OVER place AS bytes
            FROM message.scheduled s
            WHERE s.user_id = $1
              AND ($2::uuid IS NULL OR (s.send_at, s.client_msg_id) > (
                SELECT a.send_at, a.client_msg_id FROM message.scheduled a
                WHERE a.user_id = $1 AND a.client_msg_id = $2))
            WINDOW place AS (ORDER BY s.send_at, s.client_msg_id)) l
      WHERE l.bytes <= $3 OR l.number = 1
      ORDER BY l.number
      """;

  /** What is being sent is left alone, as long as whoever sends it may be alive. */
  private static final String CANCEL =
      """
      WITH cancelled AS (
        DELETE FROM message.scheduled s
        WHERE s.user_id = $1 AND s.client_msg_id = $2
          AND (s.error <> '' OR s.look_at = s.send_at OR s.look_at <= now())
        RETURNING 1)
      SELECT EXISTS (SELECT FROM cancelled) AS cancelled, EXISTS (
        SELECT FROM message.scheduled s WHERE s.user_id = $1 AND s.client_msg_id = $2) AS there
      """;

  private static final String CLAIM =
      """
      UPDATE message.scheduled s SET look_at = now() + $2 * interval '1 millisecond'
      FROM (SELECT d.user_id, d.client_msg_id FROM message.scheduled d
            WHERE d.look_at <= now() AND d.error = ''
            ORDER BY d.look_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
      WHERE s.user_id = due.user_id AND s.client_msg_id = due.client_msg_id
      RETURNING s.user_id, s.client_msg_id, s.request
      """;

  private static final String SENT =
      "DELETE FROM message.scheduled WHERE user_id = $1 AND client_msg_id = $2";

  private static final String REFUSED =
      "UPDATE message.scheduled SET error = $3 WHERE user_id = $1 AND client_msg_id = $2";

  private final RepeatableSql sql;

  ScheduleStore(RepeatableSql sql) {
    this.sql = sql;
  }

  /** What became of the wish to send a message later. */
  enum Outcome {
    DONE,
    BEING_SENT,
    TOO_MANY,
    NO_SUCH_TIME
  }

  /** What became of the wish not to send it. */
  enum Cancelled {
    DONE,
    BEING_SENT,
    NOT_THERE
  }

  /** A message whose time has come, for whoever claimed it. */
  record Due(String userId, UUID clientMsgId, SendRequest request) {}

  /**
   * Notes a message, or another one in its place.
   *
   * @param most messages of one user
   * @param longest how far away its time may be
   */
  Future<Outcome> set(
      String userId,
      UUID clientMsgId,
      SendRequest request,
      Instant at,
      int most,
      Duration longest) {
    return sql.execute(
            SET,
            Tuple.of(
                userId,
                clientMsgId,
                Buffer.buffer(request.toByteArray()),
                at.atOffset(ZoneOffset.UTC),
                most,
                longest.toSeconds()))
        .map(
            rows ->
                switch (rows.iterator().next().getShort("status")) {
                  case 0 -> Outcome.DONE;
                  case 8 -> Outcome.BEING_SENT;
                  case 11 -> Outcome.TOO_MANY;
                  case 13 -> Outcome.NO_SUCH_TIME;
                  case Short status ->
                      throw new IllegalStateException("schedule_v1 answered status " + status);
                });
  }

  /**
   * A page, the soonest first.
   *
   * @param after the last one of the page before; null: none
   * @param maxBytes of the messages in it, but one message at least
   */
  Future<ListScheduledReply> list(String userId, UUID after, int maxBytes) {
    return sql.execute(LIST, Tuple.of(userId, after, (long) maxBytes)).map(ScheduleStore::page);
  }

  private static ListScheduledReply page(RowSet<Row> rows) {
    ListScheduledReply.Builder page = ListScheduledReply.newBuilder();
    for (Row row : rows) {
      Instant at = row.getOffsetDateTime("send_at").toInstant();
      page.setMore(row.getLong("found") > rows.size())
          .addMessages(
              ScheduledMessage.newBuilder()
                  .setMessage(request(row))
                  .setAt(
                      Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                  .setError(row.getString("error")));
    }
    return page.build();
  }

  Future<Cancelled> cancel(String userId, UUID clientMsgId) {
    return sql.execute(CANCEL, Tuple.of(userId, clientMsgId))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              if (row.getBoolean("cancelled")) {
                return Cancelled.DONE;
              }
              return row.getBoolean("there") ? Cancelled.BEING_SENT : Cancelled.NOT_THERE;
            });
  }

  /** Messages whose time has come, for the claimer alone as long as the lease runs. */
  Future<List<Due>> claim(int limit, Duration lease) {
    return sql.execute(CLAIM, Tuple.of(limit, lease.toMillis()))
        .map(
            rows -> {
              List<Due> due = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      due.add(
                          new Due(
                              row.getString("user_id"),
                              row.getUUID("client_msg_id"),
                              request(row))));
              return due;
            });
  }

  Future<Void> sent(Due message) {
    return sql.execute(SENT, Tuple.of(message.userId(), message.clientMsgId())).mapEmpty();
  }

  /** It is kept for its user to see why it was not sent. */
  Future<Void> refused(Due message, String error) {
    return sql.execute(REFUSED, Tuple.of(message.userId(), message.clientMsgId(), error))
        .mapEmpty();
  }

  private static SendRequest request(Row row) {
    try {
      return SendRequest.parseFrom(ByteString.copyFrom(row.getBuffer("request").getBytes()));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("a scheduled message cannot be read", broken);
    }
  }
}
