package io.skein.node.config;

import io.skein.session.directory.DevicePolicy;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Accounts, devices, logins. */
public interface SessionSettings {
  @Doc("Verticle instances in this process, each on an event loop of its own.")
  @WithDefault("1")
  int instances();

  @Doc("Whether anybody may register; if not, only backends with a service token.")
  @WithDefault("false")
  boolean openRegistration();

  @Doc("Which devices of a user may be connected at the same time.")
  @WithDefault("all")
  DevicePolicy.Rule devicePolicy();

  @Doc("Of two devices that may not be connected together, whether the newer login wins.")
  @WithDefault("true")
  boolean newerWins();

  @Doc("How long the beat of a gateway that is gone stands still before its sessions end.")
  @WithDefault("10s")
  Duration gatewayPatience();

  PasswordSettings passwords();

  LoginLimitSettings limits();
}
