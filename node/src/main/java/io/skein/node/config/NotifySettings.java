package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Push notifications. */
public interface NotifySettings {
  @Doc("Verticle instances in this process, each on an event loop of its own.")
  @WithDefault("1")
  int instances();

  ProviderSettings provider();

  QueueSettings queue();

  NotifyBackoffSettings backoff();

  @Doc("How long a user without a reachable device has to come back and read.")
  @WithDefault("2s")
  Duration grace();

  @Doc("A hint that is older is not worth sending.")
  @WithDefault("24h")
  Duration maxAge();

  @Doc("Hints that one instance works on at the same time.")
  @WithDefault("256")
  int maxInFlight();

  @Doc("How long one instance keeps others from sending the same; longer than any provider takes.")
  @WithDefault("30s")
  Duration lease();

  @Doc("Pause between two looks for due and orphaned hints.")
  @WithDefault("500ms")
  Duration upkeep();

  @Doc("Whether the beginning of a text leaves this system.")
  @WithDefault("false")
  boolean preview();
}
