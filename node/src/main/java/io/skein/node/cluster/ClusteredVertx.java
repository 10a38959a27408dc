package io.skein.node.cluster;

import com.hazelcast.config.Config;
import io.skein.node.config.Settings;
import io.skein.node.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Vert.x that has joined the cluster.
 *
 * @param vertx with the event bus of the cluster
 * @param membership who else is in it
 */
public record ClusteredVertx(Vertx vertx, HazelcastMembership membership) {

  /**
   * Joins; fails within about twenty seconds if the cluster's port or address cannot be had.
   *
   * @param configuration the file that the settings came from, to look beside it
   * @throws Problem if the settings are wrong; everything else is in the future
   */
  public static Future<ClusteredVertx> join(
      Settings settings,
      Optional<Path> configuration,
      VertxOptions options,
      VertxMetricsFactory metrics) {
    Config hazelcast = ClusterFile.read(settings.cluster().file(), configuration);
    // The node drains on SIGTERM itself; a second hook would end the cluster under its feet.
    hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
    var manager = new HazelcastClusterManager(hazelcast);
    options.setEventBusOptions(BusOptions.of(settings.cluster()));
    return Vertx.builder()
        .with(options)
        .withMetrics(metrics)
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new ClusteredVertx(vertx, new HazelcastMembership(manager)))
        .recover(
            e ->
                Future.failedFuture(
                    new Problem(
                        "cannot join the cluster",
                        String.valueOf(e.getMessage()),
                        "check the addresses in cluster.xml and cluster.host; ./skein doctor looks at"
                            + " them",
                        e)));
  }
}
