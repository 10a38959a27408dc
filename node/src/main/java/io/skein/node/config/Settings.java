package io.skein.node.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The whole configuration as it is read; one method a {@link Section}. */
@ConfigMapping(prefix = "skein")
public interface Settings {
  NodeSettings node();

  LogSettings log();

  ManagementSettings management();

  ClusterSettings cluster();

  PostgresSettings postgres();

  RedisSettings redis();

  TokenSettings tokens();

  GatewaySettings gateway();

  SessionSettings session();

  MessageSettings message();

  PresenceSettings presence();

  /** {@code Object} has the name that its key has. */
  @WithName("notify")
  NotifySettings notification();
}
