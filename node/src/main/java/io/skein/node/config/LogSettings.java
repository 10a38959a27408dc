package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** What the process tells. */
public interface LogSettings {
  @Doc("Lines for people (pretty) or for machines (json); auto: pretty on a terminal.")
  @WithDefault("auto")
  Format format();

  @Doc("The least severe lines that are written.")
  @WithDefault("info")
  Level level();

  /** How a line looks. */
  enum Format {
    AUTO,
    PRETTY,
    JSON
  }

  /** SLF4J's levels. */
  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
