package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** The port for operators. */
public interface ManagementSettings {
  @Doc("The address that /metrics and /health listen on. Nobody is asked who they are there.")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("Its port; 0: a free one.")
  @WithDefault("9000")
  int port();
}
