package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** Push notifications. */
public interface NotifySettings {
  @Doc("Verticle instances in this process.")
  @WithDefault("1")
  int instances();
}
