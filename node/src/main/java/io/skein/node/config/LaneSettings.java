package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** How much a lane takes on. */
public interface LaneSettings {
  @Doc("Messages committed together.")
  @WithDefault("256")
  int maxBatch();

  @Doc("Messages that wait; more are refused as overloaded.")
  @WithDefault("4096")
  int maxQueue();
}
