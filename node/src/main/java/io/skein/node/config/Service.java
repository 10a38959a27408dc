package io.skein.node.config;

import java.util.Locale;

/** The services that a node can run. */
public enum Service {
  GATEWAY,
  NOTIFY,
  PRESENCE,
  MESSAGE,
  SESSION;

  /** As in the method options, on the command line and in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
