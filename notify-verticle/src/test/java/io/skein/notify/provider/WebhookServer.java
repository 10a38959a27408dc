package io.skein.notify.provider;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The integrator's side, on a free port of this machine. */
final class WebhookServer {
  final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private WebhookServer(HttpServer server) {
    this.server = server;
  }

  static WebhookServer start(Vertx vertx, Handler<HttpServerRequest> answer) {
    HttpServer http = vertx.createHttpServer();
    WebhookServer webhook = new WebhookServer(http);
    http.requestHandler(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      webhook.received.add(new Received(request.uri(), request.headers(), body));
                      answer.handle(request);
                    }));
    http.listen(0, "127.0.0.1").await();
    return webhook;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/hook");
  }

  Future<Void> close() {
    return server.close();
  }
}
