package io.skein.session.account;

import io.skein.mesh.store.Postgres;
import io.skein.protocol.v1.Profile;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Accounts in Postgres: see {@code db/migration/session}. */
public final class PgAccountStore implements AccountStore {
  private static final String CREATE =
      """
      INSERT INTO session.account (user_id, display_name, password_hash, bot)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (user_id) DO NOTHING
      """;

  private static final String CREDENTIALS =
      "SELECT password_hash, state = 'banned' AS banned FROM session.account"
          + " WHERE user_id = $1 AND state <> 'erased'";

  private static final String PROFILES =
      "SELECT user_id, display_name, bot FROM session.account"
          + " WHERE user_id = ANY ($1) AND state <> 'erased'";

  private static final String EXISTING =
      "SELECT user_id FROM session.account WHERE user_id = ANY ($1) AND state = 'active'";

  private final Postgres postgres;

  public PgAccountStore(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Boolean> create(NewAccount account) {
    Tuple values =
        Tuple.of(
            account.userId(),
            account.displayName(),
            account.passwordHash().orElse(null),
            account.bot());
    return query(CREATE, values).map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Future<Optional<Credentials>> credentials(String userId) {
    return query(CREDENTIALS, Tuple.of(userId))
        .map(rows -> list(rows, PgAccountStore::credentials).stream().findFirst());
  }

  private static Credentials credentials(Row row) {
    return new Credentials(
        Optional.ofNullable(row.getString("password_hash")), row.getBoolean("banned"));
  }

  @Override
  public Future<List<Profile>> profiles(List<String> userIds) {
    return query(PROFILES, ids(userIds)).map(rows -> list(rows, PgAccountStore::profile));
  }

  private static Profile profile(Row row) {
    return Profile.newBuilder()
        .setUserId(row.getString("user_id"))
        .setDisplayName(row.getString("display_name"))
        .setBot(row.getBoolean("bot"))
        .build();
  }

  @Override
  public Future<List<String>> existing(List<String> userIds) {
    return query(EXISTING, ids(userIds)).map(rows -> list(rows, row -> row.getString("user_id")));
  }

  private static Tuple ids(List<String> userIds) {
    return Tuple.of(userIds.toArray(String[]::new));
  }

  private Future<RowSet<Row>> query(String sql, Tuple values) {
    return postgres.with(connection -> connection.preparedQuery(sql).execute(values));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }
}
