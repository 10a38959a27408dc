package io.skein.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.node.config.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Deploying and draining services")
class DeploymentTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Deployment deployment = new Deployment(vertx);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("doors drain first and wholly, then the others; one that fails keeps nobody")
  void order() throws Exception {
    await(deployment.add(Service.SESSION, 1, () -> new Noted("session", false)));
    await(deployment.add(Service.MESSAGE, 2, () -> new Noted("message", true)));
    await(deployment.add(Service.GATEWAY, 1, () -> new Noted("gateway", false)));
    await(deployment.removeAll());
    assertThat(events)
        .containsExactly("gateway stops", "message stops", "message stops", "session stops");
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  @DisplayName("services that do not call each other stop at the same time")
  void together() throws Exception {
    await(deployment.add(Service.SESSION, 1, () -> new Noted("session", false)));
    await(deployment.add(Service.PRESENCE, 1, () -> new Waiting("presence", "notify")));
    await(deployment.add(Service.NOTIFY, 1, () -> new Waiting("notify", "presence")));
    await(deployment.removeAll());
    assertThat(events.subList(0, 2)).containsExactlyInAnyOrder("presence stops", "notify stops");
    assertThat(events).last().isEqualTo("session stops");
  }

  @Test
  @DisplayName("of a service that starts by half, the half that started is undeployed")
  void halfStarted() throws Exception {
    Future<Void> adding =
        deployment.add(
            Service.GATEWAY, 2, () -> events.isEmpty() ? new Noted("a", false) : new Failing());
    assertThat(adding.map(false).otherwise(true).await(10, TimeUnit.SECONDS)).isTrue();
    await(deployment.removeAll());
    assertThat(events).containsExactly("a made", "a stops");
  }

  private static void await(Future<?> future) throws Exception {
    future.await(10, TimeUnit.SECONDS);
  }

  private final class Noted extends VerticleBase {
    private final String name;
    private final boolean fails;

    private Noted(String name, boolean fails) {
      this.name = name;
      this.fails = fails;
      if (name.equals("a")) {
        events.add("a made");
      }
    }

    @Override
    public Future<?> stop() {
      events.add(name + " stops");
      return fails
          ? Future.failedFuture("cannot stop")
          : vertx.timer(20, TimeUnit.MILLISECONDS).mapEmpty();
    }
  }

  /** Has stopped when another one stops. */
  private final class Waiting extends VerticleBase {
    private final String name;
    private final String other;

    private Waiting(String name, String other) {
      this.name = name;
      this.other = other;
    }

    @Override
    public Future<?> stop() {
      events.add(name + " stops");
      return otherStops();
    }

    private Future<Void> otherStops() {
      return events.contains(other + " stops")
          ? Future.succeededFuture()
          : vertx.timer(5, TimeUnit.MILLISECONDS).compose(later -> otherStops());
    }
  }

  private static final class Failing extends VerticleBase {
    @Override
    public Future<?> start() {
      return Future.failedFuture("no port");
    }
  }
}
