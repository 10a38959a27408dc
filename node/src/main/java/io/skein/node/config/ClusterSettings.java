package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How nodes find and talk to each other. */
public interface ClusterSettings {
  @Doc(
      "The Hazelcast file that says how nodes find each other; absent: cluster.xml beside the configuration, then the one of the distribution.")
  Optional<String> file();

  @Doc("The address that the event bus listens on.")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("Its port; 0: a free one.")
  @WithDefault("0")
  int port();

  @Doc("The address under which other nodes reach the event bus, if it is another one.")
  Optional<String> publicHost();

  @Doc("How often the event bus probes its connections to other nodes.")
  @WithDefault("5s")
  Duration pingInterval();

  @Doc("How long it waits for the answer.")
  @WithDefault("5s")
  Duration pingTimeout();

  @Doc(
      "Lets the event bus listen beyond loopback without TLS. Whoever reaches it can act as anybody: only in a network of your own.")
  @WithDefault("false")
  boolean allowPlainText();

  BusTlsSettings tls();
}
