package io.skein.gateway.tcp;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.TlsConfig;
import io.skein.gateway.connection.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Listens for TCP clients, plain or with TLS. */
public final class TcpDoor {
  private static final int BACKLOG = 4_096;

  private final NetServer server;
  private final Connections connections;

  private TcpDoor(NetServer server, Connections connections) {
    this.server = server;
    this.connections = connections;
    server.connectHandler(this::welcome);
  }

  /** A door on the plain port; it does not listen yet. */
  public static TcpDoor plain(Vertx vertx, GatewayConfig config, Connections connections) {
    return new TcpDoor(vertx.createNetServer(options(config, config.tcpPort(), -1)), connections);
  }

  /** A door on the TLS port; it does not listen yet. */
  public static TcpDoor tls(
      Vertx vertx, GatewayConfig config, TlsConfig tls, Connections connections) {
    NetServerOptions options =
        options(config, tls.tcpPort(), -2)
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(tls.certificate().toString())
                    .setKeyPath(tls.key().toString()));
    return new TcpDoor(vertx.createNetServer(options), connections);
  }

  /**
   * The options of a door.
   *
   * @param shared the negative number by which the instances of a process share a free port
   */
  private static NetServerOptions options(GatewayConfig config, int port, int shared) {
    return new NetServerOptions()
        .setHost(config.host())
        .setPort(port == 0 ? shared : port)
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true);
  }

  /** Completed when clients are accepted. */
  public Future<Void> listen() {
    return server.listen().mapEmpty();
  }

  public int port() {
    return server.actualPort();
  }

  /** Accepts nobody any more; sockets that are left after the wait are cut. */
  public Future<Void> shutdown(Duration wait) {
    return server.shutdown(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void welcome(NetSocket socket) {
    if (connections.hasRoom()) {
      TcpClient.serve(socket, connections);
    } else {
      turnAway(socket);
    }
  }

  private static void turnAway(NetSocket socket) {
    socket
        .write(Buffer.buffer("ERROR overloaded: the server takes no more connections now.\n"))
        .eventually(socket::close);
  }
}
