package io.skein.session.account;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Lines in Postgres: see {@code db/migration/session}. */
public final class PgLineStore implements LineStore {
  /** What one user may have; the longest unused go first. */
  private static final int MAX_LINES = 100;

  /** The rows that go are those of before this statement: the new one stays. */
  private static final String BEGIN =
      """
      WITH gone AS (
        DELETE FROM session.token_line WHERE line_id IN (
          SELECT line_id FROM session.token_line WHERE user_id = $2 AND expires_at < now()
          UNION ALL
          (SELECT line_id FROM session.token_line WHERE user_id = $2
           ORDER BY rotated_at DESC OFFSET %d))
      )
      INSERT INTO session.token_line (line_id, user_id, device_id, secret_hash, expires_at)
      VALUES ($1, $2, nullif($3, ''), $4, $5)
      """
          .formatted(MAX_LINES - 1);

  private static final String ROTATE =
      """
      UPDATE session.token_line l
      SET secret_hash = $3, rotated_at = clock_timestamp(), expires_at = $5
      FROM session.account a
      WHERE l.line_id = $1 AND l.secret_hash = $2 AND l.expires_at > $4
        AND a.user_id = l.user_id AND a.state = 'active'
      RETURNING l.user_id, coalesce(l.device_id, '') AS device_id
      """;

  private static final String END =
      """
      DELETE FROM session.token_line WHERE line_id = $1 AND expires_at > $2
      RETURNING user_id, coalesce(device_id, '') AS device_id
      """;

  private final Postgres postgres;

  public PgLineStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Void> begin(RefreshToken token, Owner owner, Instant expiresAt) {
    Tuple values =
        Tuple.of(token.line(), owner.userId(), owner.deviceId(), hash(token), atOffset(expiresAt));
    return query(BEGIN, values).mapEmpty();
  }

  @Override
  public Future<Optional<Owner>> rotate(
      RefreshToken old, RefreshToken next, Instant now, Instant expiresAt) {
    Tuple values = Tuple.of(old.line(), hash(old), hash(next), atOffset(now), atOffset(expiresAt));
    return query(ROTATE, values).map(PgLineStore::owner);
  }

  @Override
  public Future<Optional<Owner>> end(UUID line, Instant now) {
    return query(END, Tuple.of(line, atOffset(now))).map(PgLineStore::owner);
  }

  private static Optional<Owner> owner(RowSet<Row> rows) {
    RowIterator<Row> iterator = rows.iterator();
    if (!iterator.hasNext()) {
      return Optional.empty();
    }
    Row row = iterator.next();
    return Optional.of(new Owner(row.getString("user_id"), row.getString("device_id")));
  }

  private static Buffer hash(RefreshToken token) {
    return Buffer.buffer(token.secretHash());
  }

  private static OffsetDateTime atOffset(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private Future<RowSet<Row>> query(String sql, Tuple values) {
    return postgres.with(connection -> connection.preparedQuery(sql).execute(values));
  }
}
