package io.skein.node.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skein.gateway.GatewayPorts;
import io.skein.mesh.Mesh;
import io.skein.node.config.Service;
import io.skein.node.health.Health;
import io.skein.node.health.ManagementServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started process. Start and stop block; whoever starts it stops it through the teardown. */
public final class RunningNode {
  private static final Logger log = LoggerFactory.getLogger(RunningNode.class);
  private static final Duration START_TIME_OUT = Duration.ofSeconds(60);

  /** The order in which they start: those that others call first, doors last. */
  private static final Service[] STARTS = {
    Service.SESSION, Service.MESSAGE, Service.PRESENCE, Service.NOTIFY, Service.GATEWAY
  };

  private final NodePlan plan;
  private final Teardown teardown;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private Mesh mesh;
  private Verticles verticles;
  private HttpServer management;

  private RunningNode(NodePlan plan, Teardown teardown) {
    this.plan = plan;
    this.teardown = teardown;
  }

  /**
   * Starts everything. It serves from then on, but says that it is ready only after {@link #ready}.
   *
   * @param teardown gets to know how to undo each step; to be closed also if this throws
   * @param progress gets a line for a person whenever something takes time
   * @throws io.skein.node.problem.Problem if it cannot be started; the message says what to do
   */
  public static RunningNode start(NodePlan plan, Teardown teardown, Consumer<String> progress) {
    new StoreStart(plan.settings(), progress).prepare(plan.services());
    var node = new RunningNode(plan, teardown);
    node.joinMesh();
    node.openManagement();
    node.deploy();
    teardown.atStop(node.health::draining);
    return node;
  }

  /** Lets health tell that work may come, once whoever started it has nothing more to prepare. */
  public void ready() {
    health.started();
    log.info("Ready: {}", plan.services().stream().map(Service::word).sorted().toList());
  }

  private void joinMesh() {
    mesh = new MeshStart(plan, meters, teardown).start();
    Transport.report(mesh.vertx(), meters);
  }

  private void openManagement() {
    Future<HttpServer> listening =
        new ManagementServer(mesh.vertx(), health, meters).start(plan.settings().management());
    management = Blocking.await("The management port", listening, START_TIME_OUT);
  }

  private void deploy() {
    Pools pools =
        teardown.make(() -> Pools.open(mesh.vertx(), plan.settings(), health), Pools::close);
    verticles = new Verticles(plan, mesh, pools, health);
    Deployment deployment = teardown.make(() -> new Deployment(mesh.vertx()), this::undeploy);
    for (Service service : STARTS) {
      if (plan.services().contains(service)) {
        try {
          Blocking.await(
              service.word(),
              deployment.add(service, verticles.instances(service), verticles.of(service)),
              START_TIME_OUT);
        } catch (RuntimeException e) {
          throw PortsTaken.explain(e, plan.settings().gateway());
        }
      }
    }
  }

  private void undeploy(Deployment deployment) {
    Blocking.await("Draining", deployment.removeAll(), plan.settings().node().drainTimeout());
    log.info("All services have stopped");
  }

  public Mesh mesh() {
    return mesh;
  }

  public int managementPort() {
    return management.actualPort();
  }

  /** Where the doors are; empty: no gateway runs here. */
  public Optional<GatewayPorts> doors() {
    return verticles.doors();
  }
}
