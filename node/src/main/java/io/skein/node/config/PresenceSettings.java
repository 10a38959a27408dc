package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** Who is there. */
public interface PresenceSettings {
  @Doc("Verticle instances in this process.")
  @WithDefault("1")
  int instances();
}
