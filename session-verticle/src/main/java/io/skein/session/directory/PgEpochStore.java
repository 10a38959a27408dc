package io.skein.session.directory;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Fences in Postgres: see {@code db/migration/session}. */
public final class PgEpochStore implements EpochStore {
  /**
   * A revocation that is under way holds the account's lock; whoever comes second sees what the
   * first did: "FOR SHARE" reads the account anew after it waited, and the last WHERE sees the
   * device row as it is when it is updated. All in the order of the keys, so that batches never
   * deadlock.
   */
  private static final String TAKE =
      """
      WITH allowed AS (
        SELECT q.user_id, q.device_id, q.platform, q.name, q.line_id,
               coalesce(l.started_at, q.issued_at) AS issued_at
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[])
             AS q(user_id, device_id, platform, name, line_id, issued_at)
        JOIN session.account a ON a.user_id = q.user_id
        LEFT JOIN session.token_line l ON l.line_id = q.line_id AND l.user_id = q.user_id
        WHERE a.state = 'active'
          AND coalesce(l.started_at, q.issued_at) >= a.tokens_valid_from
          AND (q.line_id IS NULL
               OR l.line_id IS NOT NULL AND coalesce(l.device_id, q.device_id) = q.device_id)
        ORDER BY q.user_id, q.device_id
        FOR SHARE OF a
      ), bound AS (
        UPDATE session.token_line l SET device_id = q.device_id
        FROM allowed q WHERE l.line_id = q.line_id AND l.device_id IS NULL
      )
      INSERT INTO session.device AS d
        (user_id, device_id, platform, name, epoch, token_issued_at)
      SELECT user_id, device_id, platform, name, 1, issued_at
      FROM allowed ORDER BY user_id, device_id
      ON CONFLICT (user_id, device_id) DO UPDATE
      SET epoch = d.epoch + 1, platform = excluded.platform,
          name = coalesce(nullif(excluded.name, ''), d.name),
          token_issued_at = excluded.token_issued_at, revoked = false, last_seen_at = now()
      WHERE d.tokens_valid_from <= excluded.token_issued_at
      RETURNING d.user_id, d.device_id, d.epoch
      """;

  private static final String CURRENT =
      """
      SELECT d.user_id, d.device_id, d.epoch
      FROM unnest($1::text[], $2::text[]) AS q(user_id, device_id)
      JOIN session.device d ON d.user_id = q.user_id AND d.device_id = q.device_id
      """;

  private final Postgres postgres;

  public PgEpochStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<List<Optional<Long>>> take(List<EpochRequest> requests) {
    Tuple values =
        Tuple.of(
            texts(requests, request -> request.device().userId()),
            texts(requests, request -> request.device().deviceId()),
            texts(requests, EpochRequest::platform),
            texts(requests, EpochRequest::name),
            requests.stream()
                .map(request -> request.token().line().orElse(null))
                .toArray(UUID[]::new),
            requests.stream()
                .map(request -> request.token().issuedAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
    return query(TAKE, values)
        .map(
            epochs ->
                requests.stream()
                    .map(request -> Optional.ofNullable(epochs.get(request.device())))
                    .toList());
  }

  @Override
  public Future<Map<DeviceKey, Long>> current(List<DeviceKey> devices) {
    return query(
        CURRENT,
        Tuple.tuple()
            .addArrayOfString(texts(devices, DeviceKey::userId))
            .addArrayOfString(texts(devices, DeviceKey::deviceId)));
  }

  private Future<Map<DeviceKey, Long>> query(String sql, Tuple values) {
    return postgres
        .with(connection -> connection.preparedQuery(sql).execute(values))
        .map(PgEpochStore::epochs);
  }

  private static Map<DeviceKey, Long> epochs(RowSet<Row> rows) {
    Map<DeviceKey, Long> epochs = new HashMap<>();
    for (Row row : rows) {
      epochs.put(
          new DeviceKey(row.getString("user_id"), row.getString("device_id")),
          row.getLong("epoch"));
    }
    return epochs;
  }

  private static <T> String[] texts(List<T> list, Function<T, String> read) {
    return list.stream().map(read).toArray(String[]::new);
  }
}
