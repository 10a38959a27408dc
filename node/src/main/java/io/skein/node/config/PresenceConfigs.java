package io.skein.node.config;

import io.skein.presence.PresenceConfig;

/** The settings of presence as the presence service takes them. */
final class PresenceConfigs {
  private PresenceConfigs() {}

  static PresenceConfig of(PresenceSettings presence) {
    return new PresenceConfig(
        presence.offlineDelay(),
        presence.minInterval(),
        presence.goneAfter(),
        presence.maxWatched());
  }
}
