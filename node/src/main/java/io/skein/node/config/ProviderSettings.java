package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where notifications go. */
public interface ProviderSettings {
  @Doc(
      "Your own server, which gets them as signed JSON: https, or http on this machine; absent: they are only logged.")
  Optional<String> webhookUrl();

  @Doc(value = "Signs what is posted (HMAC-SHA256): 16 random characters or more.", secret = true)
  Optional<String> webhookSecret();

  @Doc("No attempt takes longer.")
  @WithDefault("5s")
  Duration webhookTimeout();

  @Doc("Open at the same time, for each instance.")
  @WithDefault("32")
  int webhookConnections();

  @Doc("Lets http go to other machines, where nobody else can listen.")
  @WithDefault("false")
  boolean plainAllowed();
}
