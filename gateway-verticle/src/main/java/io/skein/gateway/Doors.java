package io.skein.gateway;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.http.HttpDoor;
import io.skein.gateway.tcp.TcpDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The doors of one instance: TCP and HTTP, and both with TLS if there is a certificate. */
final class Doors {
  private final TcpDoor tcp;
  private final HttpDoor http;
  private final Optional<TcpDoor> tcpTls;
  private final Optional<HttpDoor> httpTls;

  Doors(Vertx vertx, GatewayConfig config, Connections connections, HttpDoor.Parts parts) {
    tcp = TcpDoor.plain(vertx, config, connections);
    http = HttpDoor.plain(parts);
    tcpTls = config.tls().map(tls -> TcpDoor.tls(vertx, config, tls, connections));
    httpTls = config.tls().map(tls -> HttpDoor.tls(parts, tls));
  }

  /** Completed when all doors accept clients; fails if a port is taken or a certificate bad. */
  Future<Void> open() {
    List<Future<Void>> opened = new ArrayList<>();
    opened.add(tcp.listen());
    opened.add(http.listen());
    tcpTls.ifPresent(door -> opened.add(door.listen()));
    httpTls.ifPresent(door -> opened.add(door.listen()));
    return Future.all(opened).mapEmpty();
  }

  /** Accepts nobody any more; what is still connected after the wait is cut. */
  Future<Void> shutdown(Duration wait) {
    List<Future<Void>> closed = new ArrayList<>();
    closed.add(tcp.shutdown(wait));
    closed.add(http.shutdown(wait));
    tcpTls.ifPresent(door -> closed.add(door.shutdown(wait)));
    httpTls.ifPresent(door -> closed.add(door.shutdown(wait)));
    return Future.join(closed).mapEmpty();
  }

  GatewayPorts ports() {
    return new GatewayPorts(
        tcp.port(),
        http.port(),
        tcpTls.map(TcpDoor::port).orElse(0),
        httpTls.map(HttpDoor::port).orElse(0));
  }
}
