package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** Conversations. */
public interface MessageSettings {
  @Doc("Verticle instances in this process.")
  @WithDefault("1")
  int instances();
}
