package io.skein.session.device;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Devices in Postgres: see {@code db/migration/session}. Revocations take the account's lock first,
 * as epochs do: whoever comes second sees what the first did.
 */
public final class PgDeviceStore implements DeviceStore {
  private static final String LIST =
      """
      SELECT device_id, platform, name, last_seen_at FROM session.device
      WHERE user_id = $1 AND NOT revoked ORDER BY last_seen_at DESC, device_id LIMIT 200
      """;

  private static final String LOCK =
      "SELECT FROM session.account WHERE user_id = $1 FOR NO KEY UPDATE";

  private static final String END_LINES_OF_DEVICE =
      "DELETE FROM session.token_line WHERE user_id = $1 AND device_id = $2";

  private static final String REVOKE =
      """
      INSERT INTO session.device AS d
        (user_id, device_id, platform, name, epoch, token_issued_at, tokens_valid_from, revoked)
      SELECT $1, $2, 'other', '', 1, 'epoch', clock_timestamp(), true
      WHERE $3 OR EXISTS (SELECT FROM session.device WHERE user_id = $1 AND device_id = $2)
      ON CONFLICT (user_id, device_id) DO UPDATE
      SET epoch = d.epoch + 1, tokens_valid_from = clock_timestamp(), revoked = true
      RETURNING d.device_id, d.epoch
      """;

  private static final String REVOKE_ACCOUNT =
      "UPDATE session.account SET tokens_valid_from = clock_timestamp() WHERE user_id = $1";

  private static final String END_LINES = "DELETE FROM session.token_line WHERE user_id = $1";

  private static final String REVOKE_ALL =
      """
      UPDATE session.device
      SET epoch = epoch + 1, tokens_valid_from = clock_timestamp(), revoked = true
      WHERE user_id = $1 RETURNING device_id, epoch
      """;

  private final Postgres postgres;

  public PgDeviceStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<List<KnownDevice>> list(String userId) {
    return postgres
        .with(connection -> query(connection, LIST, Tuple.of(userId)))
        .map(
            rows -> {
              List<KnownDevice> devices = new ArrayList<>(rows.size());
              rows.forEach(row -> devices.add(device(row)));
              return devices;
            });
  }

  private static KnownDevice device(Row row) {
    return new KnownDevice(
        row.getString("device_id"),
        row.getString("platform"),
        row.getString("name"),
        row.getOffsetDateTime("last_seen_at").toInstant());
  }

  @Override
  public Future<Optional<Long>> revoke(String userId, String deviceId, boolean known) {
    return postgres.inTransaction(
        connection ->
            query(connection, LOCK, Tuple.of(userId))
                .compose(
                    locked ->
                        locked.size() == 0
                            ? Future.succeededFuture(Optional.empty())
                            : revokeLocked(connection, userId, deviceId, known)));
  }

  private static Future<Optional<Long>> revokeLocked(
      SqlConnection connection, String userId, String deviceId, boolean known) {
    return query(connection, END_LINES_OF_DEVICE, Tuple.of(userId, deviceId))
        .compose(
            ended ->
                query(
                    connection, REVOKE, Tuple.of(userId, deviceId, !known || ended.rowCount() > 0)))
        .map(rows -> epochs(rows).values().stream().findFirst());
  }

  @Override
  public Future<Optional<Map<String, Long>>> revokeAll(String userId) {
    return postgres.inTransaction(
        connection ->
            query(connection, REVOKE_ACCOUNT, Tuple.of(userId))
                .compose(
                    account ->
                        account.rowCount() == 0
                            ? Future.succeededFuture(Optional.empty())
                            : query(connection, END_LINES, Tuple.of(userId))
                                .compose(any -> query(connection, REVOKE_ALL, Tuple.of(userId)))
                                .map(rows -> Optional.of(epochs(rows)))));
  }

  private static Map<String, Long> epochs(RowSet<Row> rows) {
    Map<String, Long> epochs = new HashMap<>();
    rows.forEach(row -> epochs.put(row.getString("device_id"), row.getLong("epoch")));
    return epochs;
  }

  private static Future<RowSet<Row>> query(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values);
  }
}
