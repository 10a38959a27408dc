package io.skein.message.group;

import io.skein.message.RepeatableSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Codes and requests in Postgres: see {@code db/migration/message}. */
final class PgDoorStore implements DoorStore {
  /** Old codes make room; two who count at the same moment may make one too many. */
  private static final String ADD_CODE =
      """
      WITH gone AS (
        DELETE FROM message.invite_code
        WHERE conversation_id = $1 AND (expires_at <= now() OR uses_left <= 0))
      INSERT INTO message.invite_code (code, conversation_id, created_by, expires_at, uses_left)
      SELECT $2, $1, $3, now() + $4 * interval '1 second', $5
      WHERE $6 > (SELECT count(*) FROM message.invite_code i
                  WHERE i.conversation_id = $1 AND i.expires_at > now()
                    AND (i.uses_left IS NULL OR i.uses_left > 0))
      ON CONFLICT (code) DO UPDATE SET code = excluded.code
      RETURNING expires_at
      """;

  private static final String REVOKE =
      "DELETE FROM message.invite_code"
          + " WHERE conversation_id = $1 AND ($2::text IS NULL OR code = $2)";

  private static final String INVITATION =
      """
      SELECT c.id, c.kind, c.title, c.avatar_url, c.member_count, c.approval,
             EXISTS (SELECT FROM message.member m
                     WHERE m.conversation_id = c.id AND m.user_id = $2 AND m.left_seq IS NULL)
               AS member
      FROM message.invite_code i JOIN message.conversation c ON c.id = i.conversation_id
      WHERE i.code = $1 AND i.expires_at > now() AND (i.uses_left IS NULL OR i.uses_left > 0)
      """;

  private static final String ASK =
      """
      INSERT INTO message.join_request (conversation_id, user_id, message) VALUES ($1, $2, $3)
      ON CONFLICT (conversation_id, user_id) DO UPDATE SET message = excluded.message
      """;

  private static final String WAITING =
      """
      SELECT user_id, message, requested_at FROM message.join_request
      WHERE conversation_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3
      """;

  private static final String WAITS =
      "SELECT EXISTS (SELECT FROM message.join_request"
          + " WHERE conversation_id = $1 AND user_id = $2) AS waits";

  private static final String DISMISS =
      "DELETE FROM message.join_request WHERE conversation_id = $1 AND user_id = $2";

  private final RepeatableSql sql;

  PgDoorStore(RepeatableSql sql) {
    this.sql = sql;
  }

  @Override
  public Future<Optional<Instant>> addCode(UUID id, String userId, Code code, int most) {
    return sql.execute(
            ADD_CODE,
            Tuple.of(
                id, code.code(), userId, code.lasts().toSeconds(), code.uses().orElse(null), most))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        rows.iterator().next().getOffsetDateTime("expires_at").toInstant()));
  }

  @Override
  public Future<Void> revokeCodes(UUID conversationId, Optional<String> code) {
    return sql.execute(REVOKE, Tuple.of(conversationId, code.orElse(null))).mapEmpty();
  }

  @Override
  public Future<Optional<Invitation>> invitation(String code, String userId) {
    return sql.execute(INVITATION, Tuple.of(code, userId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(invitation(rows.iterator().next())));
  }

  private static Invitation invitation(Row row) {
    return new Invitation(
        row.getUUID("id"),
        Rows.kind(row.getShort("kind")),
        row.getString("title"),
        row.getString("avatar_url"),
        row.getInteger("member_count"),
        row.getBoolean("approval"),
        row.getBoolean("member"));
  }

  @Override
  public Future<Void> ask(UUID conversationId, String userId, String message) {
    return sql.execute(ASK, Tuple.of(conversationId, userId, message)).mapEmpty();
  }

  @Override
  public Future<List<Waiting>> waiting(UUID conversationId, String afterUser, int limit) {
    return sql.execute(WAITING, Tuple.of(conversationId, afterUser, limit))
        .map(rows -> list(rows, PgDoorStore::waiting));
  }

  private static Waiting waiting(Row row) {
    return new Waiting(
        row.getString("user_id"),
        row.getString("message"),
        row.getOffsetDateTime("requested_at").toInstant());
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(reader.apply(row)));
    return list;
  }

  @Override
  public Future<Boolean> waits(UUID conversationId, String userId) {
    return sql.execute(WAITS, Tuple.of(conversationId, userId))
        .map(rows -> rows.iterator().next().getBoolean("waits"));
  }

  @Override
  public Future<Void> dismiss(UUID conversationId, String userId) {
    return sql.execute(DISMISS, Tuple.of(conversationId, userId)).mapEmpty();
  }
}
