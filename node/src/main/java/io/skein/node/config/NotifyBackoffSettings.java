package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a notification is tried again. */
public interface NotifyBackoffSettings {
  @Doc("In all, the first one included.")
  @WithDefault("8")
  int attempts();

  @Doc("The wait before the second attempt; each further one is twice as long.")
  @WithDefault("1s")
  Duration first();

  @Doc("No wait is longer.")
  @WithDefault("10m")
  Duration longest();
}
