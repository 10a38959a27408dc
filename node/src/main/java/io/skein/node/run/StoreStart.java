package io.skein.node.run;

import io.skein.node.config.NodeSettings;
import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.node.stores.Durable;
import io.skein.node.stores.Migrations;
import io.skein.node.stores.PostgresUri;
import io.skein.node.stores.RedisProbe;
import io.skein.node.stores.StoreWait;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that the stores are there and fit, before anything uses them. Blocks. */
public final class StoreStart {
  private static final Logger log = LoggerFactory.getLogger(StoreStart.class);

  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * Prepares the stores of these settings.
   *
   * @param progress gets a line for a person whenever something takes time
   */
  public StoreStart(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Waits for both, checks that Postgres keeps what it commits, and brings the tables up to date if
   * that is wanted.
   *
   * @throws io.skein.node.problem.Problem if one is absent for too long, or does not fit
   */
  public void prepare(Collection<Service> services) {
    NodeSettings node = settings.node();
    PostgresUri postgres = awaitPostgres();
    var redis = new RedisProbe(settings.redis());
    String version =
        waiting().until("Redis at " + redis, "start it, or correct redis.uri", redis::version);
    log.info("Redis {} at {}", version, redis);
    if (node.migrate()) {
      migrate(postgres, services);
    }
  }

  /** Only brings the tables up to date. */
  public void migrateOnly(Collection<Service> services) {
    migrate(awaitPostgres(), services);
  }

  private PostgresUri awaitPostgres() {
    PostgresUri postgres = PostgresUri.of(settings.postgres());
    List<String> weak =
        waiting()
            .until(
                "Postgres at " + postgres,
                "start it, or correct postgres.uri",
                new Durable(postgres)::weakSettings);
    Durable.judge(weak, settings.node().durability(), log::warn);
    log.info("Postgres at {}", postgres);
    return postgres;
  }

  private void migrate(PostgresUri postgres, Collection<Service> services) {
    new Migrations(postgres)
        .apply(services)
        .forEach(
            (service, applied) -> {
              if (applied > 0) {
                progress.accept("Tables of %s: %d steps".formatted(service.word(), applied));
              }
            });
  }

  private StoreWait waiting() {
    return new StoreWait(settings.node().storeTimeout(), progress);
  }
}
