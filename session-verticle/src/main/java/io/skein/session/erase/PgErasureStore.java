package io.skein.session.erase;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Erasures in Postgres: see {@code db/migration/session}. */
public final class PgErasureStore implements ErasureStore {
  /** Takes the account's lock first, as epochs and revocations do. */
  private static final String END_ACCOUNT =
      """
      UPDATE session.account
      SET state = 'erased', display_name = '', password_hash = NULL,
          tokens_valid_from = clock_timestamp()
      WHERE user_id = $1
      """;

  private static final String END_LINES = "DELETE FROM session.token_line WHERE user_id = $1";

  private static final String REVOKE_DEVICES =
      """
      UPDATE session.device
      SET epoch = epoch + 1, tokens_valid_from = clock_timestamp(), revoked = true,
          platform = 'other', name = ''
      WHERE user_id = $1 RETURNING device_id, epoch
      """;

  private static final String NOTE =
      """
      INSERT INTO session.erasure (user_id, step) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING
      """;

  private static final String CLAIM =
      """
      UPDATE session.erasure SET look_at = now() + $1 * interval '1 millisecond'
      WHERE user_id = (SELECT e.user_id FROM session.erasure e WHERE e.look_at <= now()
                       ORDER BY e.look_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING user_id, step, cursor
      """;

  private static final String ADVANCE =
      """
      UPDATE session.erasure
      SET step = $4, cursor = $5, look_at = now() + $6 * interval '1 millisecond'
      WHERE user_id = $1 AND step = $2 AND cursor = $3
      """;

  private static final String OPEN = "SELECT count(*)::integer AS open FROM session.erasure";

  private static final String REMOVE_DEVICES = "DELETE FROM session.device WHERE user_id = $1";

  private static final String END =
      "DELETE FROM session.erasure WHERE user_id = $1 AND step = $2 AND cursor = $3";

  private final Postgres postgres;

  public PgErasureStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Optional<Map<String, Long>>> begin(String userId) {
    return postgres.inTransaction(
        connection ->
            query(connection, END_ACCOUNT, Tuple.of(userId))
                .compose(
                    account ->
                        account.rowCount() == 0
                            ? Future.succeededFuture(Optional.empty())
                            : endAll(connection, userId).map(Optional::of)));
  }

  private static Future<Map<String, Long>> endAll(SqlConnection connection, String userId) {
    return query(connection, END_LINES, Tuple.of(userId))
        .compose(ended -> query(connection, NOTE, Tuple.of(userId, Step.CONNECTIONS.name())))
        .compose(noted -> query(connection, REVOKE_DEVICES, Tuple.of(userId)))
        .map(PgErasureStore::epochs);
  }

  private static Map<String, Long> epochs(RowSet<Row> rows) {
    Map<String, Long> epochs = new HashMap<>();
    rows.forEach(row -> epochs.put(row.getString("device_id"), row.getLong("epoch")));
    return epochs;
  }

  @Override
  public Future<Optional<Erasure>> claim(Duration lease) {
    return query(CLAIM, Tuple.of(lease.toMillis()))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(erasure(rows.iterator().next())));
  }

  private static Erasure erasure(Row row) {
    return new Erasure(
        row.getString("user_id"), Step.valueOf(row.getString("step")), row.getString("cursor"));
  }

  @Override
  public Future<Boolean> advance(Erasure before, Erasure after, Duration pause) {
    Tuple values =
        at(before)
            .addString(after.step().name())
            .addString(after.cursor())
            .addLong(pause.toMillis());
    return query(ADVANCE, values).map(rows -> rows.rowCount() == 1);
  }

  private static Tuple at(Erasure erasure) {
    return Tuple.of(erasure.userId(), erasure.step().name(), erasure.cursor());
  }

  @Override
  public Future<Void> removeDevices(String userId) {
    return query(END_LINES, Tuple.of(userId))
        .compose(ended -> query(REMOVE_DEVICES, Tuple.of(userId)))
        .mapEmpty();
  }

  @Override
  public Future<Integer> open() {
    return query(OPEN, Tuple.tuple()).map(rows -> rows.iterator().next().getInteger("open"));
  }

  @Override
  public Future<Void> end(Erasure done) {
    return query(END, at(done)).mapEmpty();
  }

  private Future<RowSet<Row>> query(String sql, Tuple values) {
    return postgres.with(connection -> query(connection, sql, values));
  }

  private static Future<RowSet<Row>> query(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values);
  }
}
