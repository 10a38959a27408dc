package io.skein.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skein.node.config.SettingsLoader;
import io.skein.node.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The management port")
class ManagementServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final Health health = new Health();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer server = start(0).await(10, TimeUnit.SECONDS);

  ManagementServerTest() throws Exception {}

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("is live at once, ready only between start and drain")
  void phases() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/started").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body()).contains("\"status\":\"DOWN\"", "starting");
    health.started();
    assertThat(get("/health/started").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    health.draining();
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("is not ready while a check fails or does not answer, and says which")
  void checks() throws Exception {
    health.started();
    health.check("redis", Future::succeededFuture);
    health.check("postgres", () -> Future.failedFuture("connection refused"));
    HttpResponse<String> answer = get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("\"status\":\"DOWN\"")
        .contains("{\"name\":\"postgres\",\"status\":\"DOWN\",\"data\":\"connection refused\"}")
        .contains("{\"name\":\"redis\",\"status\":\"UP\"");
    health.check("postgres", () -> Promise.<Void>promise().future());
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    health.check("postgres", Future::succeededFuture);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("shows the metrics in Prometheus' format")
  void metrics() throws Exception {
    metrics.counter("skein.test").increment(3);
    assertThat(get("/metrics").body()).contains("skein_test_total 3.0");
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("a port that is taken is told as such")
  void taken() throws Exception {
    Throwable failure =
        start(server.actualPort())
            .<Throwable>map(unexpected -> new AssertionError("it listens twice"))
            .otherwise(e -> e)
            .await(10, TimeUnit.SECONDS);
    assertThat(failure).isInstanceOf(Problem.class).hasMessageContaining("management port");
  }

  private Future<HttpServer> start(int port) {
    var settings =
        new SettingsLoader(Map.of())
            .load(Optional.empty(), Map.of("management.port", Integer.toString(port)));
    return new ManagementServer(vertx, health, metrics).start(settings.management());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
