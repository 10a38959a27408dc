package io.skein.node.doctor;

import io.skein.node.cluster.ClusterDoor;
import io.skein.node.config.Settings;
import io.skein.node.problem.Problem;
import io.skein.node.stores.Durable;
import io.skein.node.stores.PostgresUri;
import io.skein.node.stores.RedisProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Makes all checks, one after the other; none of them changes anything. */
public final class Doctor {
  private static final String OWN_STORES = "no configuration: ./skein dev brings its own";

  private final Settings settings;
  private final Optional<Path> configuration;
  private final Path data;

  /**
   * Looks at this machine.
   *
   * @param configuration empty: the settings are the defaults, stores and cluster are left out
   * @param data where dev mode keeps its data
   */
  public Doctor(Settings settings, Optional<Path> configuration, Path data) {
    this.settings = settings;
    this.configuration = configuration;
    this.data = data;
  }

  public List<Finding> examine() {
    var machine = new Machine(Path.of("/proc"));
    var gateway = settings.gateway();
    return Stream.<Callable<Finding>>of(
            machine::java,
            machine::memory,
            machine::openFiles,
            () -> Machine.disk(data),
            () ->
                PortCheck.check(
                    "HTTP port", gateway.host(), gateway.httpPort(), "gateway.http-port"),
            () ->
                PortCheck.check("TCP port", gateway.host(), gateway.tcpPort(), "gateway.tcp-port"),
            () ->
                PortCheck.check(
                    "management",
                    settings.management().host(),
                    settings.management().port(),
                    "management.port"),
            this::postgres,
            this::redis,
            this::cluster)
        .map(Doctor::make)
        .toList();
  }

  private static Finding make(Callable<Finding> check) {
    try {
      return check.call();
    } catch (Problem problem) {
      return Finding.bad("settings", problem);
    } catch (Exception e) {
      return Finding.bad("a check", e.toString(), "report this: the check itself is broken");
    }
  }

  private Finding postgres() {
    if (configuration.isEmpty()) {
      return Finding.skipped("Postgres", OWN_STORES);
    }
    PostgresUri uri = PostgresUri.of(settings.postgres());
    try {
      List<String> weak = new Durable(uri).weakSettings();
      Durable.judge(weak, settings.node().durability(), warning -> {});
      return weak.isEmpty()
          ? Finding.good("Postgres", uri + " answers, and keeps what it commits")
          : Finding.doubtful("Postgres", String.join(", ", weak), "node.durability is warn");
    } catch (SQLException e) {
      return Finding.bad(
          "Postgres",
          uri + ": " + e.getMessage(),
          "start it, or correct postgres.uri; without one: ./skein dev");
    } catch (Problem problem) {
      return Finding.bad("Postgres", problem);
    }
  }

  private Finding redis() {
    if (configuration.isEmpty()) {
      return Finding.skipped("Redis", OWN_STORES);
    }
    try {
      var probe = new RedisProbe(settings.redis());
      return Finding.good("Redis", probe + " answers, version " + probe.version());
    } catch (IOException e) {
      return Finding.bad("Redis", String.valueOf(e.getMessage()), "start it, or correct redis.uri");
    } catch (Problem problem) {
      return Finding.bad("Redis", problem);
    }
  }

  private Finding cluster() {
    if (configuration.isEmpty()) {
      return Finding.skipped("cluster", "no configuration: ./skein dev needs none");
    }
    try {
      return Finding.good("cluster", ClusterDoor.look(settings, configuration));
    } catch (Problem problem) {
      return Finding.bad("cluster", problem);
    }
  }
}
