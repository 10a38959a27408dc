package io.skein.gateway.http;

import io.skein.gateway.connection.Connections;
import io.skein.gateway.websocket.WebSocketDoor;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;

/** Which path leads where. */
final class Paths {
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;
  private static final String API = "/v1/:service/:method";
  private static final String WEB_SOCKET = "/ws";
  private static final String BARE_API = "/v1/:method";

  private static final String WELCOME =
      """
      This is Skein, an instant-messaging server.

      WebSocket       /ws, subprotocol skein.v1.json or skein.v1.proto
      HTTP            POST /v1/<service>/<method> with JSON and a bearer token
      Health          /health/live, /health/ready, /health/started
      """;

  private final HttpDoor.Parts parts;
  private final WebSocketDoor webSockets;

  Paths(HttpDoor.Parts parts) {
    this.parts = parts;
    webSockets = new WebSocketDoor(parts.connections());
  }

  /**
   * Takes every request. WebSockets do not pass through the router: it would wrap the socket, and
   * hide its channel.
   */
  Handler<HttpServerRequest> handler(HttpPatience patience) {
    Router router = router();
    return request -> {
      patience.request(request);
      if (WEB_SOCKET.equals(request.path())) {
        upgrade(request, patience);
      } else {
        router.handle(request);
      }
    };
  }

  private Router router() {
    Router router = Router.router(parts.vertx());
    router.get("/").handler(Paths::welcome);
    router.get("/health/live").handler(new HealthHandler(parts.checks().live()));
    router.get("/health/ready").handler(new HealthHandler(ready(parts.connections())));
    router.get("/health/started").handler(new HealthHandler(parts.checks().started()));
    router
        .post(API)
        .consumes("application/json")
        .handler(BodyHandler.create(false).setBodyLimit(parts.config().limits().maxFrameBytes()))
        .handler(new ApiHandler(parts.bearers(), parts.forwarding()));
    router.post(BARE_API).handler(Paths::refuseBareMethod);
    router
        .errorHandler(NOT_FOUND, routing -> say(routing, NOT_FOUND, "there is no such path"))
        .errorHandler(METHOD_NOT_ALLOWED, routing -> say(routing, METHOD_NOT_ALLOWED, "use POST"))
        .errorHandler(UNSUPPORTED_MEDIA_TYPE, Paths::unsupported)
        .errorHandler(TOO_LARGE, this::tooLarge)
        .errorHandler(BAD_REQUEST, routing -> say(routing, BAD_REQUEST, "not a valid request"))
        .errorHandler(SERVER_ERROR, Paths::failed);
    return router;
  }

  private static void welcome(RoutingContext routing) {
    routing
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(WELCOME)
        .onFailure(Answers::clientGone);
  }

  private void upgrade(HttpServerRequest request, HttpPatience patience) {
    webSockets
        .upgrade(request)
        .onSuccess(upgraded -> patience.end(request.connection()))
        .onFailure(failure -> Answers.failure(request.response(), failure));
  }

  private List<HealthCheck> ready(Connections connections) {
    List<HealthCheck> checks = new ArrayList<>(parts.checks().ready());
    checks.add(
        new HealthCheck(
            "gateway",
            () ->
                connections.isDraining()
                    ? Future.failedFuture("draining")
                    : Future.succeededFuture()));
    return checks;
  }

  /** Only the methods about a connection have no service before their name. */
  private static void refuseBareMethod(RoutingContext routing) {
    Answers.failure(
        routing.response(),
        new SkeinException(
            ErrorCode.UNIMPLEMENTED,
            "not by HTTP: this path names no service, or is about a connection over TCP or"
                + " WebSocket"));
  }

  private static void unsupported(RoutingContext routing) {
    say(routing, UNSUPPORTED_MEDIA_TYPE, "the body is JSON: Content-Type: application/json");
  }

  private void tooLarge(RoutingContext routing) {
    int limit = parts.config().limits().maxFrameBytes();
    Answers.failure(
        routing.response(),
        new SkeinException(ErrorCode.TOO_LARGE, "a body has at most %d bytes".formatted(limit)));
  }

  private static void failed(RoutingContext routing) {
    Throwable failure = routing.failure();
    Answers.failure(
        routing.response(),
        failure == null ? new IllegalStateException("failed without a reason") : failure);
  }

  /** Answers with a status that only HTTP knows. */
  private static void say(RoutingContext routing, int status, String message) {
    ErrorCode code = status == NOT_FOUND ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_ARGUMENT;
    Answers.error(routing.response(), status, new SkeinException(code, message).toError());
  }
}
