package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** The doors. */
public interface GatewaySettings {
  @Doc("Verticle instances in this process, each on an event loop of its own.")
  @WithDefault("1")
  int instances();

  @Doc("The address that the doors listen on; 0.0.0.0 for all of this machine.")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("TCP; 0: a free one.")
  @WithDefault("7000")
  int tcpPort();

  @Doc("HTTP and WebSocket; 0: a free one.")
  @WithDefault("8080")
  int httpPort();

  GatewayTlsSettings tls();

  ConnectionLimitSettings limits();

  TimingSettings timing();
}
