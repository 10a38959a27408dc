package io.skein.gateway.http;

import io.skein.gateway.http.HealthCodec.Finding;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Answers a health path: 200 if all of its checks are well, else 503. */
final class HealthHandler implements Handler<RoutingContext> {
  private static final int UP = 200;
  private static final int DOWN = 503;
  private static final int LONGEST_PROBE_SECONDS = 2;

  private final List<HealthCheck> checks;

  HealthHandler(List<HealthCheck> checks) {
    this.checks = checks;
  }

  @Override
  public void handle(RoutingContext routing) {
    List<Future<Finding>> asked = checks.stream().map(HealthHandler::ask).toList();
    Future.all(asked)
        .map(all -> asked.stream().map(Future::result).toList())
        .onSuccess(findings -> answer(routing, findings))
        .onFailure(routing::fail);
  }

  private static void answer(RoutingContext routing, List<Finding> findings) {
    boolean up = findings.stream().allMatch(finding -> finding.problem().isEmpty());
    routing
        .response()
        .setStatusCode(up ? UP : DOWN)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(HealthCodec.write(findings))
        .onFailure(Answers::clientGone);
  }

  private static Future<Finding> ask(HealthCheck check) {
    return Future.succeededFuture()
        .compose(started -> check.probe().get())
        .timeout(LONGEST_PROBE_SECONDS, TimeUnit.SECONDS)
        .map(well -> new Finding(check.name(), Optional.empty()))
        .otherwise(
            failure ->
                new Finding(check.name(), Optional.of(String.valueOf(failure.getMessage()))));
  }
}
