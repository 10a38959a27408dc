package io.skein.session.token;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Standings in Postgres: see {@code db/migration/session}. */
public final class PgStandingStore implements StandingStore {
  private static final String FIND =
      """
      SELECT a.state = 'banned' AS banned, a.state = 'erased' AS erased,
             greatest(a.tokens_valid_from, d.tokens_valid_from) AS valid_from,
             l.line_id IS NOT NULL AS in_line, coalesce(l.device_id, '') AS line_device
      FROM session.account a
      LEFT JOIN session.token_line l ON l.line_id = $2 AND l.user_id = a.user_id
      LEFT JOIN session.device d ON d.user_id = a.user_id AND d.device_id = $3
      WHERE a.user_id = $1
      """;

  private final Postgres postgres;

  public PgStandingStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Optional<Standing>> find(String userId, Optional<UUID> line, String deviceId) {
    Tuple values = Tuple.of(userId, line.orElse(null), deviceId);
    return postgres
        .with(connection -> connection.preparedQuery(FIND).execute(values))
        .map(
            rows -> {
              RowIterator<Row> iterator = rows.iterator();
              return iterator.hasNext() ? Optional.of(standing(iterator.next())) : Optional.empty();
            });
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getBoolean("banned"),
        row.getBoolean("erased"),
        row.getOffsetDateTime("valid_from").toInstant(),
        row.getBoolean("in_line")
            ? Optional.of(new Standing.Line(row.getString("line_device")))
            : Optional.empty());
  }
}
