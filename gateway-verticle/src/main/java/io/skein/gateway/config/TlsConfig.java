package io.skein.gateway.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * TLS for all doors, on ports of their own.
 *
 * @param certificate PEM file: the certificate and its chain
 * @param key PEM file: the private key, PKCS#8
 * @param tcpPort TCP door with TLS; 0: a free port
 * @param httpPort HTTPS and WSS door; 0: a free port
 */
public record TlsConfig(Path certificate, Path key, int tcpPort, int httpPort) {

  private static final int TCP_PORT = 7443;
  private static final int HTTP_PORT = 8443;

  public TlsConfig {
    Objects.requireNonNull(certificate);
    Objects.requireNonNull(key);
    GatewayConfig.checkPort("tls.tcpPort", tcpPort);
    GatewayConfig.checkPort("tls.httpPort", httpPort);
  }

  /** Ports 7443 and 8443. */
  public TlsConfig(Path certificate, Path key) {
    this(certificate, key, TCP_PORT, HTTP_PORT);
  }
}
