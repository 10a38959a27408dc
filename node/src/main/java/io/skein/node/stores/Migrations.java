package io.skein.node.stores;

import io.skein.node.config.Service;
import io.skein.node.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables of services up to date, each service in a schema and with a history of its own,
 * so that services are upgraded one by one. Several nodes may do it at once: Flyway lets one in and
 * the others find the work done. Blocks; never on an event loop.
 */
public final class Migrations {
  /** Two nodes that both make the schema may collide before Flyway's lock exists. */
  private static final int ATTEMPTS = 5;

  private final PostgresUri postgres;

  public Migrations(PostgresUri postgres) {
    this.postgres = postgres;
  }

  /**
   * Applies what is missing.
   *
   * @return how many migrations each service needed, in the order given; services without tables
   *     are left out
   * @throws Problem if one cannot be applied; those before it stay applied
   */
  public Map<Service, Integer> apply(Collection<Service> services) {
    Map<Service, Integer> applied = new LinkedHashMap<>();
    for (Service service : services) {
      if (hasTables(service)) {
        applied.put(service, apply(service));
      }
    }
    return applied;
  }

  private int apply(Service service) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .locations(location(service))
            .defaultSchema(service.word())
            .table("schema_history_" + service.word())
            .createSchemas(true)
            .connectRetries(3)
            .load();
    for (int attempt = 1; ; attempt++) {
      try {
        return flyway.migrate().migrationsExecuted;
      } catch (FlywayException e) {
        if (attempt == ATTEMPTS) {
          throw new Problem(
              "the tables of " + service.word() + " cannot be brought up to date",
              String.valueOf(e.getMessage()),
              "see what Postgres says above; nothing was changed by the step that failed",
              e);
        }
      }
    }
  }

  private static boolean hasTables(Service service) {
    return Migrations.class.getClassLoader().getResource("db/migration/" + service.word()) != null;
  }

  private static String location(Service service) {
    return "classpath:db/migration/" + service.word();
  }
}
