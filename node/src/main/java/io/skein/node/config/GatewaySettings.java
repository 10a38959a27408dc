package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** The doors. */
public interface GatewaySettings {
  @Doc("The address that the doors listen on.")
  @WithDefault("0.0.0.0")
  String host();

  @Doc("HTTP and WebSocket; 0: a free one.")
  @WithDefault("8080")
  int httpPort();

  @Doc("TCP; 0: a free one.")
  @WithDefault("7000")
  int tcpPort();
}
