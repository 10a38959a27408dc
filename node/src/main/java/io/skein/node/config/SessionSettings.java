package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** Accounts, devices, logins. */
public interface SessionSettings {
  @Doc("Verticle instances in this process.")
  @WithDefault("1")
  int instances();
}
