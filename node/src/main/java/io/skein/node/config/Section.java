package io.skein.node.config;

import java.util.Locale;

/** The first level of the configuration file, in the order in which people read it. */
enum Section {
  NODE(NodeSettings.class, "The process: what it runs, how it starts and stops."),
  LOG(LogSettings.class, "What it tells."),
  MANAGEMENT(
      ManagementSettings.class,
      "Metrics and health for operators. Never open this port to the world."),
  CLUSTER(ClusterSettings.class, "How nodes find and talk to each other."),
  POSTGRES(PostgresSettings.class, "Where messages and accounts live."),
  REDIS(RedisSettings.class, "Where the directory, presence and the push queue live."),
  TOKENS(TokenSettings.class, "What lets people and backends in."),
  GATEWAY(GatewaySettings.class, "The doors."),
  SESSION(SessionSettings.class, "Accounts, devices, logins."),
  MESSAGE(MessageSettings.class, "Conversations."),
  PRESENCE(PresenceSettings.class, "Who is there."),
  NOTIFY(NotifySettings.class, "Push notifications.");

  private final Class<?> group;
  private final String meaning;

  Section(Class<?> group, String meaning) {
    this.group = group;
    this.meaning = meaning;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Class<?> group() {
    return group;
  }

  String meaning() {
    return meaning;
  }
}
