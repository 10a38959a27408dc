package io.skein.gateway.http;

import io.skein.gateway.call.Forwarding;
import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.TlsConfig;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.websocket.WebSocketDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Listens for HTTP and WebSocket clients, plain or with TLS. */
public final class HttpDoor {
  private static final int BACKLOG = 4_096;

  private final HttpServer server;

  private HttpDoor(HttpServer server, Connections connections, Paths paths) {
    this.server = server;
    HttpPatience patience = new HttpPatience(connections.around());
    server.connectionHandler(patience::begin);
    server.requestHandler(paths.handler(patience));
  }

  /**
   * What the paths of all HTTP doors of an instance lead to.
   *
   * @param checks of the process
   */
  public record Parts(
      Vertx vertx,
      GatewayConfig config,
      Connections connections,
      Bearers bearers,
      Forwarding forwarding,
      HealthChecks checks) {}

  /** A door on the plain port; it does not listen yet. */
  public static HttpDoor plain(Parts parts) {
    return new HttpDoor(parts, options(parts.config(), parts.config().httpPort(), -3));
  }

  /** A door on the TLS port; it does not listen yet. */
  public static HttpDoor tls(Parts parts, TlsConfig tls) {
    HttpServerOptions options =
        options(parts.config(), tls.httpPort(), -4)
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(tls.certificate().toString())
                    .setKeyPath(tls.key().toString()));
    return new HttpDoor(parts, options);
  }

  private HttpDoor(Parts parts, HttpServerOptions options) {
    this(parts.vertx().createHttpServer(options), parts.connections(), new Paths(parts));
  }

  /**
   * The options of a door.
   *
   * @param shared the negative number by which the instances of a process share a free port
   */
  private static HttpServerOptions options(GatewayConfig config, int port, int shared) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(port == 0 ? shared : port)
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setHttp2ClearTextEnabled(false);
    return WebSocketDoor.prepare(options, config.limits());
  }

  /** Completed when clients are accepted. */
  public Future<Void> listen() {
    return server.listen().mapEmpty();
  }

  public int port() {
    return server.actualPort();
  }

  /** Accepts nobody any more; connections that are left after the wait are cut. */
  public Future<Void> shutdown(Duration wait) {
    return server.shutdown(wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
