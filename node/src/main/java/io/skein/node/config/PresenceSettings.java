package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who is there. */
public interface PresenceSettings {
  @Doc("Verticle instances in this process, each on an event loop of its own.")
  @WithDefault("1")
  int instances();

  @Doc("A user who is back within it was never away.")
  @WithDefault("3s")
  Duration offlineDelay();

  @Doc("At most one update of a user within it.")
  @WithDefault("1s")
  Duration minInterval();

  @Doc("How long a gateway's node must be missing before its sessions count as ended.")
  @WithDefault("10s")
  Duration goneAfter();

  @Doc("Users that one session may watch.")
  @WithDefault("500")
  int maxWatched();
}
