package io.skein.gateway.config;

import java.util.Objects;
import java.util.Optional;

/**
 * How a gateway instance listens and what it allows.
 *
 * @param host address of all doors, {@code "0.0.0.0"} or {@code "127.0.0.1"}
 * @param tcpPort plain TCP door; 0: a free port, the same for all instances of a process
 * @param httpPort plain HTTP and WebSocket door; 0: a free port
 * @param tls the certificate and the ports of the doors with TLS; empty: none
 */
public record GatewayConfig(
    String host,
    int tcpPort,
    int httpPort,
    Optional<TlsConfig> tls,
    ConnectionLimits limits,
    Timing timing) {

  public GatewayConfig {
    Objects.requireNonNull(host);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(timing);
    checkPort("tcpPort", tcpPort);
    checkPort("httpPort", httpPort);
  }

  /** Ports 7000 and 8080 of this machine only. */
  public static GatewayConfig defaults() {
    return new GatewayConfig(
        "127.0.0.1", 7000, 8080, Optional.empty(), ConnectionLimits.defaults(), Timing.defaults());
  }

  public GatewayConfig withPorts(int tcp, int http) {
    return new GatewayConfig(host, tcp, http, tls, limits, timing);
  }

  public GatewayConfig withTls(TlsConfig certificate) {
    return new GatewayConfig(host, tcpPort, httpPort, Optional.of(certificate), limits, timing);
  }

  public GatewayConfig withLimits(ConnectionLimits other) {
    return new GatewayConfig(host, tcpPort, httpPort, tls, other, timing);
  }

  public GatewayConfig withTiming(Timing other) {
    return new GatewayConfig(host, tcpPort, httpPort, tls, limits, other);
  }

  static void checkPort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " is 0-65535, not " + port);
    }
  }
}
