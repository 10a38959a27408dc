package io.skein.node.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skein.node.config.ManagementSettings;
import io.skein.node.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/** Serves {@code /metrics} and {@code /health/*} to whoever reaches the management port. */
public final class ManagementServer {
  private static final String JSON = "application/json";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Vertx vertx;
  private final Health health;
  private final PrometheusMeterRegistry metrics;

  public ManagementServer(Vertx vertx, Health health, PrometheusMeterRegistry metrics) {
    this.vertx = vertx;
    this.health = health;
    this.metrics = metrics;
  }

  /**
   * Listens.
   *
   * @return the server, with the port that it got; fails with a {@link Problem} if it cannot
   */
  public Future<HttpServer> start(ManagementSettings settings) {
    return vertx
        .createHttpServer(new HttpServerOptions().setMaxHeaderSize(4096).setIdleTimeout(60))
        .requestHandler(this::handle)
        .listen(settings.port(), settings.host())
        .recover(
            e ->
                Future.failedFuture(
                    new Problem(
                        "the management port " + settings.port() + " cannot be opened",
                        String.valueOf(e.getMessage()),
                        "stop what uses it (./skein doctor shows it), or choose another:"
                            + " management.port, 0 for a free one",
                        e)));
  }

  private void handle(HttpServerRequest request) {
    if (!READING.contains(request.method())) {
      end(request.response().setStatusCode(405), JSON, "{\"error\":\"only GET\"}");
      return;
    }
    switch (request.path()) {
      case "/metrics" -> scrape(request.response());
      case "/health/live" -> report(request.response(), health.live());
      case "/health/started" -> report(request.response(), health.startedReport());
      case "/health/ready" ->
          health.ready().onSuccess(report -> report(request.response(), report));
      default ->
          end(
              request.response().setStatusCode(404),
              JSON,
              "{\"error\":\"there are /metrics, /health/live, /health/ready, /health/started\"}");
    }
  }

  /** On a worker: with many connections the text is megabytes. */
  private void scrape(HttpServerResponse response) {
    vertx
        .executeBlocking(metrics::scrape, false)
        .onSuccess(text -> end(response, METRICS, text))
        .onFailure(e -> end(response.setStatusCode(500), METRICS, "# " + e.getMessage() + "\n"));
  }

  private static void report(HttpServerResponse response, HealthReport report) {
    end(response.setStatusCode(report.isUp() ? 200 : 503), JSON, report.json());
  }

  private static void end(HttpServerResponse response, String type, String body) {
    // A client that has gone away needs no answer, and there is nobody else to tell.
    response.putHeader("Content-Type", type).end(body).otherwiseEmpty();
  }
}
