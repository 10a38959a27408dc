package io.skein.embedded.test;

import io.skein.embedded.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** Databases on the Postgres that the tests of this JVM share. */
public final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> TEMPLATES = new HashSet<>();

  private TestPostgres() {}

  /**
   * A new database with the tables of the service and no rows.
   *
   * @param service its migrations are those under {@code db/migration/<service>} on the class path,
   *     remembered in the table {@code schema_history_<service>}
   */
  public static PostgresAddress database(String service) {
    return create(service, template(service));
  }

  /** A new database without anything in it. */
  public static PostgresAddress emptyDatabase() {
    return create("empty", "template1");
  }

  /** Applies the migrations of a service, so that services can share a database in a test. */
  public static void migrate(PostgresAddress address, String service) {
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:db/migration/" + service)
        .table("schema_history_" + service)
        .baselineOnMigrate(true) // with another service's tables the schema is not empty
        .baselineVersion("0")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  /** Migrated once, then copied: a copy takes a fraction of the time. */
  private static synchronized String template(String service) {
    String template = "template_" + service;
    if (TEMPLATES.add(service)) {
      execute("CREATE DATABASE " + template);
      migrate(TestStores.postgres().withDatabase(template), service);
    }
    return template;
  }

  private static PostgresAddress create(String prefix, String template) {
    String name = prefix + "_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return TestStores.postgres().withDatabase(name);
  }

  private static void execute(String sql) {
    PostgresAddress server = TestStores.postgres();
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.jdbcProperties());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
