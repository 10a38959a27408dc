package io.skein.presence.block;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** In Postgres: see {@code db/migration/presence}. */
public final class PgBlockStore implements BlockStore {
  /** Two who add at the same moment may go over the limit by one, which does no harm. */
  private static final String ADD =
      """
      INSERT INTO presence.block (user_id, blocked_id)
      SELECT $1, $2 WHERE (SELECT count(*) FROM presence.block WHERE user_id = $1) < $3
      ON CONFLICT DO NOTHING
      """;

  private static final String HAS =
      "SELECT FROM presence.block WHERE user_id = $1 AND blocked_id = $2";

  private static final String REMOVE =
      "DELETE FROM presence.block WHERE user_id = $1 AND blocked_id = $2";

  private static final String FORGET =
      "DELETE FROM presence.block WHERE user_id = $1 OR blocked_id = $1";

  private static final String BLOCKED =
      """
      SELECT blocked_id FROM presence.block
      WHERE user_id = $1 AND blocked_id > $2 ORDER BY blocked_id LIMIT $3
      """;

  private final Postgres postgres;

  public PgBlockStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Boolean> add(String userId, String blockedId, int most) {
    return run(ADD, Tuple.of(userId, blockedId, most))
        .compose(
            added ->
                added.rowCount() == 1
                    ? Future.succeededFuture(true)
                    : run(HAS, Tuple.of(userId, blockedId)).map(rows -> rows.size() == 1));
  }

  @Override
  public Future<Void> remove(String userId, String blockedId) {
    return run(REMOVE, Tuple.of(userId, blockedId)).mapEmpty();
  }

  @Override
  public Future<Void> forget(String userId) {
    return run(FORGET, Tuple.of(userId)).mapEmpty();
  }

  @Override
  public Future<List<String>> blocked(String userId, String afterUser, int limit) {
    return run(BLOCKED, Tuple.of(userId, afterUser, limit))
        .map(
            rows -> {
              List<String> users = new ArrayList<>(rows.size());
              rows.forEach(row -> users.add(row.getString("blocked_id")));
              return users;
            });
  }

  private Future<RowSet<Row>> run(String sql, Tuple parameters) {
    return postgres.with(connection -> connection.preparedQuery(sql).execute(parameters));
  }
}
