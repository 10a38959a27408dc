package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** TLS for all doors, on ports of their own. */
public interface GatewayTlsSettings {
  @Doc("PEM file with the certificate and its chain; with it, the doors with TLS are opened.")
  Optional<String> certificate();

  @Doc("PEM file with its private key (PKCS #8).")
  Optional<String> key();

  @Doc("TCP with TLS; 0: a free one.")
  @WithDefault("7443")
  int tcpPort();

  @Doc("HTTPS and secure WebSocket; 0: a free one.")
  @WithDefault("8443")
  int httpPort();
}
