package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The cache and the queue. */
public interface RedisSettings {
  @Doc(value = "redis://:password@host:port/number; rediss:// for TLS", secret = true)
  @WithDefault("redis://127.0.0.1:6379/0")
  String uri();

  @Doc(value = "The password, if it is not in the uri.", secret = true)
  Optional<String> password();

  @Doc("Connections of this process.")
  @WithDefault("8")
  int poolSize();

  @Doc("Commands that wait for a connection; more are refused as overloaded.")
  @WithDefault("2000")
  int maxWaiting();

  @Doc("How long a command may take.")
  @WithDefault("2s")
  Duration commandTimeout();
}
