package io.skein.gateway.websocket;

import io.skein.gateway.config.ConnectionLimits;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.wire.Encoding;
import io.skein.gateway.wire.Encodings;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Upgrades HTTP requests to WebSockets, by their subprotocol. */
public final class WebSocketDoor {
  private static final Map<String, Encoding> SUBPROTOCOLS =
      Map.of("skein.v1.proto", Encodings.PROTO, "skein.v1.json", Encodings.JSON);

  private final Connections connections;

  public WebSocketDoor(Connections connections) {
    this.connections = connections;
  }

  /**
   * Sets what the HTTP server has to know before it listens. No compression: a small frame could
   * become a huge one, and each connection would cost several hundred kilobytes.
   */
  public static HttpServerOptions prepare(HttpServerOptions options, ConnectionLimits limits) {
    return options
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(limits.maxFrameBytes() * WebSocketClient.FRAMES_PER_MESSAGE)
        .setMaxWebSocketMessageSize(limits.maxFrameBytes() * WebSocketClient.FRAMES_PER_MESSAGE)
        .setWebSocketSubProtocols(List.copyOf(SUBPROTOCOLS.keySet()));
  }

  /**
   * Upgrades the request.
   *
   * @return fails with what to answer, as a SkeinException, if the request is no good; else it has
   *     been answered
   */
  public Future<Void> upgrade(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      return refuse(ErrorCode.INVALID_ARGUMENT, "this path is for WebSockets: ask for an upgrade");
    }
    Optional<Encoding> encoding = chooseEncoding(request);
    if (encoding.isEmpty()) {
      return refuse(
          ErrorCode.INVALID_ARGUMENT,
          "ask for the subprotocol skein.v1.json or skein.v1.proto (Sec-WebSocket-Protocol)");
    }
    if (!connections.hasRoom()) {
      return refuse(ErrorCode.OVERLOADED, "the server takes no more connections now");
    }
    return request.toWebSocket().map(socket -> serve(socket, encoding.get()));
  }

  private Void serve(ServerWebSocket socket, Encoding encoding) {
    WebSocketClient.serve(socket, encoding, connections);
    return null;
  }

  /** The first of the client's subprotocols that is known, as the handshake chooses it, too. */
  private static Optional<Encoding> chooseEncoding(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.createOptimized("sec-websocket-protocol")).stream()
        .flatMap(header -> Stream.of(header.split(",")))
        .map(String::strip)
        .filter(SUBPROTOCOLS::containsKey)
        .map(SUBPROTOCOLS::get)
        .findFirst();
  }

  private static Future<Void> refuse(ErrorCode code, String message) {
    return Future.failedFuture(new SkeinException(code, message));
  }
}
