package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long entries are kept: older ones are removed for good. */
public interface RetentionSettings {
  @Doc("Of direct conversations, a day at least; 0s: for ever.")
  @WithDefault("0s")
  Duration direct();

  @Doc("Of groups, a day at least; 0s: for ever.")
  @WithDefault("0s")
  Duration group();

  @Doc("Of channels, a day at least; 0s: for ever.")
  @WithDefault("0s")
  Duration channel();
}
