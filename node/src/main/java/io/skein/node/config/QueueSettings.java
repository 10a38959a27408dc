package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The durable queue of notifications. */
public interface QueueSettings {
  @Doc("Hints in the stream; beyond it the oldest go, about.")
  @WithDefault("1000000")
  int maxLength();

  @Doc("Hints that wait for their time.")
  @WithDefault("1000000")
  int maxDelayed();

  @Doc("Dead letters that are kept, the newest.")
  @WithDefault("10000")
  int maxDead();

  @Doc("Hints that are read, moved or claimed at once.")
  @WithDefault("64")
  int batch();

  @Doc("How long a read waits for the first hint.")
  @WithDefault("2s")
  Duration block();

  @Doc(
      "A hint that a consumer holds for so long goes to another one; longer than any consumer works on it.")
  @WithDefault("60s")
  Duration orphanedAfter();

  @Doc("A hint that was handed out so often, and never settled, kills its consumers.")
  @WithDefault("10")
  int maxDeliveries();
}
