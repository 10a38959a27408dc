package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** How long a page is. */
public interface PageSettings {
  @Doc("When the caller does not say.")
  @WithDefault("50")
  int usual();

  @Doc("At most.")
  @WithDefault("200")
  int max();
}
