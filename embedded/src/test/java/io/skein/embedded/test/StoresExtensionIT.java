package io.skein.embedded.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.RedisConnection;
import io.skein.embedded.Sql;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Stores for tests")
@ExtendWith(StoresExtension.class)
class StoresExtensionIT {

  @Test
  @DisplayName("a migrated database has the service's tables and its own history table")
  void migrated(@Migrated("sample") PostgresAddress database) throws Exception {
    assertThat(Sql.query(database, "SELECT count(*) FROM note")).isEqualTo("0");
    assertThat(Sql.query(database, "SELECT version FROM schema_history_sample WHERE type = 'SQL'"))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("two databases of a service do not see each other's rows")
  void apart(@Migrated("sample") PostgresAddress one, @Migrated("sample") PostgresAddress other)
      throws Exception {
    Sql.execute(one, "INSERT INTO note VALUES (1, 'hi 你好 👋')");

    assertThat(Sql.query(one, "SELECT text FROM note")).isEqualTo("hi 你好 👋");
    assertThat(Sql.query(other, "SELECT text FROM note")).isNull();
  }

  @Test
  @DisplayName("an empty database has no tables, and takes the migrations of a service later")
  void empty(PostgresAddress database) throws Exception {
    assertThat(Sql.query(database, "SELECT to_regclass('note')")).isNull();

    Sql.execute(database, "CREATE TABLE something_else (id int)");
    TestPostgres.migrate(database, "sample");

    assertThat(Sql.query(database, "SELECT to_regclass('note')")).isEqualTo("note");
  }

  @Test
  @DisplayName("a service without migrations is an error, not an empty database")
  void noMigrations() {
    assertThatThrownBy(() -> TestPostgres.database("nosuch")).hasMessageContaining("nosuch");
  }

  @Test
  @DisplayName("commits are as durable as in production")
  void durable(PostgresAddress database) throws Exception {
    assertThat(Sql.query(database, "SHOW server_version")).isEqualTo("17.5");
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      assertThat(Sql.query(database, "SHOW " + setting)).as(setting).isEqualTo("on");
    }
  }

  @Test
  @DisplayName("text is UTF-8 and its trigrams know letters beyond ASCII")
  void unicode(PostgresAddress database) throws Exception {
    Sql.execute(database, "CREATE EXTENSION pg_trgm");

    assertThat(Sql.query(database, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(Sql.query(database, "SELECT cardinality(show_trgm('你好世界'))")).isEqualTo("5");
    assertThat(Sql.query(database, "SELECT lower('ÀÉ')")).isEqualTo("àé");
  }

  @Test
  @DisplayName("two Redis databases do not see each other's keys")
  void redisApart(RedisAddress one, RedisAddress other) throws Exception {
    try (var first = new RedisConnection(one);
        var second = new RedisConnection(other)) {
      first.call("SET greeting hello");

      assertThat(first.call("EXISTS greeting")).isEqualTo(":1");
      assertThat(second.call("EXISTS greeting")).isEqualTo(":0");
    }
  }

  @Test
  @DisplayName("nobody gets in without the password")
  void passwords(PostgresAddress postgres, RedisAddress redis) {
    var guess = new PostgresAddress("127.0.0.1", postgres.port(), "skein", "skein", "guess");
    assertThatThrownBy(() -> Sql.query(guess, "SELECT 1"))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(
            () -> new RedisConnection(new RedisAddress("127.0.0.1", redis.port(), "guess", 0)))
        .hasMessageContaining("WRONGPASS");
  }
}
