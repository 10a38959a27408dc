package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a batch is tried again. */
public interface BackoffSettings {
  @Doc("In all, the first one included.")
  @WithDefault("5")
  int attempts();

  @Doc("The wait before the second attempt; each further one is twice as long.")
  @WithDefault("50ms")
  Duration first();

  @Doc("No wait is longer.")
  @WithDefault("800ms")
  Duration longest();
}
