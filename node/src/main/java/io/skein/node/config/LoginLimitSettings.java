package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** How often somebody may try to get in. */
public interface LoginLimitSettings {
  @Doc("Failed logins a minute into one account.")
  @WithDefault("10")
  int perAccount();

  @Doc("Failed logins, failed refreshes and registrations a minute from one address.")
  @WithDefault("120")
  int perAddress();

  @Doc("Accounts, and addresses, that are remembered.")
  @WithDefault("100000")
  int maxTracked();
}
