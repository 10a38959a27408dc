package io.skein.node.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.skein.mesh.Mesh;
import io.skein.mesh.NodeIdentity;
import io.skein.node.cluster.ClusteredVertx;
import io.skein.node.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;

/** Makes the Vert.x of this process, alone or in the cluster, and the mesh on it. */
final class MeshStart {
  private static final Duration JOIN_TIME_OUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIME_OUT = Duration.ofSeconds(15);

  private final NodePlan plan;
  private final MeterRegistry meters;
  private final Teardown teardown;

  MeshStart(NodePlan plan, MeterRegistry meters, Teardown teardown) {
    this.plan = plan;
    this.meters = meters;
    this.teardown = teardown;
  }

  Mesh start() {
    return plan.dev() ? alone() : joined();
  }

  private Mesh alone() {
    Vertx vertx =
        teardown.make(
            () ->
                Vertx.builder()
                    .with(options())
                    .withMetrics(new MicrometerMetricsFactory(meters))
                    .build(),
            MeshStart::close);
    return Mesh.local(vertx, plan.version(), meters);
  }

  private Mesh joined() {
    Settings settings = plan.settings();
    ClusteredVertx clustered =
        teardown.make(
            () ->
                Blocking.await(
                    "Joining the cluster",
                    ClusteredVertx.join(
                        settings,
                        plan.configuration(),
                        options(),
                        new MicrometerMetricsFactory(meters)),
                    JOIN_TIME_OUT),
            made -> close(made.vertx()));
    NodeIdentity self = NodeIdentity.boot(clustered.membership().nodeId(), plan.version());
    return teardown.make(
        () ->
            Blocking.await(
                "Joining the mesh",
                Mesh.join(clustered.vertx(), self, clustered.membership(), meters),
                JOIN_TIME_OUT),
        Mesh::leave);
  }

  private VertxOptions options() {
    var options = new VertxOptions().setPreferNativeTransport(true).setMetricsOptions(metrics());
    int eventLoops = plan.settings().node().eventLoops();
    return eventLoops > 0 ? options.setEventLoopPoolSize(eventLoops) : options;
  }

  private static MetricsOptions metrics() {
    return new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true);
  }

  private static void close(Vertx vertx) {
    Blocking.await("Leaving", vertx.close(), CLOSE_TIME_OUT);
  }
}
