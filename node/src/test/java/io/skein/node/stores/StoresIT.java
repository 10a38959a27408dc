package io.skein.node.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.embedded.test.TestRedis;
import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.problem.Problem;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Real stores, as a start meets them")
class StoresIT {

  @Test
  @DisplayName("several nodes that migrate at once do it once, and each finds it done")
  void concurrentMigrations() throws Exception {
    PostgresUri postgres = uri(TestPostgres.emptyDatabase());
    Callable<Map<Service, Integer>> start =
        () -> new Migrations(postgres).apply(List.of(Service.values()));
    try (var nodes = Executors.newFixedThreadPool(4)) {
      List<Future<Map<Service, Integer>>> results =
          nodes.invokeAll(Stream.generate(() -> start).limit(4).toList());
      int applied = 0;
      for (Future<Map<Service, Integer>> result : results) {
        applied += result.get().get(Service.MESSAGE);
      }
      assertThat(applied).isPositive();
      try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.jdbcLogin());
          var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "select count(*) from message.schema_history_message"
                      + " where success and type = 'SQL'")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(applied);
      }
    }
    assertThat(new Migrations(postgres).apply(List.of(Service.MESSAGE)))
        .containsExactly(Map.entry(Service.MESSAGE, 0));
  }

  @Test
  @DisplayName("the embedded Postgres is durable; one with synchronous_commit off is found out")
  void durable() throws Exception {
    PostgresAddress address = TestPostgres.emptyDatabase();
    assertThat(new Durable(uri(address)).weakSettings()).isEmpty();
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
        var statement = connection.createStatement()) {
      statement.execute(
          "alter database \"" + address.database() + "\" set synchronous_commit = off");
    }
    assertThat(new Durable(uri(address)).weakSettings())
        .containsExactly("synchronous_commit is off");
  }

  @Test
  @DisplayName("a wrong login is no reason to wait, and is told without the password")
  void wrongLogin() {
    PostgresAddress address = TestPostgres.emptyDatabase();
    var wrong =
        new PostgresUri(address.host(), address.port(), address.database(), "skein", "hush");
    assertThatThrownBy(() -> new Durable(wrong).weakSettings())
        .isInstanceOf(Problem.class)
        .hasMessageNotContaining("hush");
    RedisAddress redis = TestRedis.database();
    assertThatThrownBy(
            () -> redis("redis://:hush@" + redis.host() + ":" + redis.port() + "/0").version())
        .isInstanceOf(Problem.class)
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> redis("redis://" + redis.host() + ":" + redis.port()).version())
        .isInstanceOf(Problem.class);
  }

  @Test
  @DisplayName("Redis tells its version to who may ask")
  void redisVersion() throws Exception {
    assertThat(redis(TestRedis.database().uri()).version()).startsWith("6.2");
  }

  private static RedisProbe redis(String uri) {
    Settings settings =
        new SettingsLoader(Map.of()).load(Optional.empty(), Map.of("redis.uri", uri));
    return new RedisProbe(settings.redis());
  }

  private static PostgresUri uri(PostgresAddress address) {
    return new PostgresUri(
        address.host(), address.port(), address.database(), address.user(), address.password());
  }
}
