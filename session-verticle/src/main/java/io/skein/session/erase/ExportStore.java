package io.skein.session.erase;

import com.google.protobuf.Timestamp;
import io.skein.mesh.store.Postgres;
import io.skein.protocol.v1.ExportLine;
import io.skein.protocol.v1.ExportedAccount;
import io.skein.protocol.v1.ExportedDevice;
import io.skein.protocol.v1.ExportedLogin;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What is held about a user here, as lines: see {@code db/migration/session}. */
final class ExportStore {
  private static final String ACCOUNT =
      """
      SELECT user_id, display_name, bot, password_hash IS NOT NULL AS has_password, created_at
      FROM session.account WHERE user_id = $1
      """;

  private static final String DEVICES =
      """
      SELECT device_id, platform, name, revoked, first_seen_at, last_seen_at FROM session.device
      WHERE user_id = $1 AND device_id > $2 ORDER BY device_id LIMIT $3
      """;

  private static final String LOGINS =
      """
      SELECT line_id, coalesce(device_id, '') AS device_id, started_at, expires_at
      FROM session.token_line WHERE user_id = $1 AND line_id > $2 ORDER BY line_id LIMIT $3
      """;

  private final Postgres postgres;

  ExportStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** A line, and the key by which those of its sort are ordered. */
  record Keyed(ExportLine line, String key) {}

  Future<List<Keyed>> account(String userId) {
    return find(ACCOUNT, Tuple.of(userId), ExportStore::account);
  }

  Future<List<Keyed>> devices(String userId, String after, int limit) {
    return find(DEVICES, Tuple.of(userId, after, limit), ExportStore::device);
  }

  Future<List<Keyed>> logins(String userId, UUID after, int limit) {
    return find(LOGINS, Tuple.of(userId, after, limit), ExportStore::login);
  }

  private Future<List<Keyed>> find(String sql, Tuple values, Function<Row, Keyed> read) {
    return postgres
        .with(connection -> connection.preparedQuery(sql).execute(values))
        .map(
            rows -> {
              List<Keyed> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(read.apply(row)));
              return found;
            });
  }

  private static Keyed account(Row row) {
    ExportedAccount account =
        ExportedAccount.newBuilder()
            .setUserId(row.getString("user_id"))
            .setDisplayName(row.getString("display_name"))
            .setBot(row.getBoolean("bot"))
            .setHasPassword(row.getBoolean("has_password"))
            .setCreatedAt(time(row.getOffsetDateTime("created_at")))
            .build();
    return new Keyed(ExportLine.newBuilder().setKind("account").setAccount(account).build(), "");
  }

  private static Keyed device(Row row) {
    ExportedDevice device =
        ExportedDevice.newBuilder()
            .setId(row.getString("device_id"))
            .setPlatform(row.getString("platform"))
            .setName(row.getString("name"))
            .setRevoked(row.getBoolean("revoked"))
            .setFirstSeenAt(time(row.getOffsetDateTime("first_seen_at")))
            .setLastSeenAt(time(row.getOffsetDateTime("last_seen_at")))
            .build();
    return new Keyed(
        ExportLine.newBuilder().setKind("device").setDevice(device).build(), device.getId());
  }

  private static Keyed login(Row row) {
    ExportedLogin login =
        ExportedLogin.newBuilder()
            .setDeviceId(row.getString("device_id"))
            .setStartedAt(time(row.getOffsetDateTime("started_at")))
            .setExpiresAt(time(row.getOffsetDateTime("expires_at")))
            .build();
    return new Keyed(
        ExportLine.newBuilder().setKind("login").setLogin(login).build(),
        row.getUUID("line_id").toString());
  }

  private static Timestamp time(OffsetDateTime at) {
    return Timestamp.newBuilder().setSeconds(at.toEpochSecond()).setNanos(at.getNano()).build();
  }
}
