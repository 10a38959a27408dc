package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The database. */
public interface PostgresSettings {
  @Doc(value = "postgresql://user:password@host:port/database", secret = true)
  @WithDefault("postgresql://skein@127.0.0.1:5432/skein")
  String uri();

  @Doc(value = "The password, if it is not in the uri.", secret = true)
  Optional<String> password();

  @Doc("Connections of this process.")
  @WithDefault("8")
  int poolSize();

  @Doc("Commands that wait for a connection; more are refused as overloaded.")
  @WithDefault("2000")
  int maxWaiting();

  @Doc("How long one attempt to connect may take.")
  @WithDefault("3s")
  Duration connectTimeout();
}
