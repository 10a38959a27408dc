package io.skein.node.config;

import java.util.Optional;

/** Mutual TLS between nodes. */
public interface BusTlsSettings {
  @Doc("PEM file with this node's certificate; with it, the event bus speaks mutual TLS.")
  Optional<String> certificate();

  @Doc("PEM file with its private key.")
  Optional<String> key();

  @Doc(
      "PEM file with the certificate authority that signs the nodes' certificates, and nothing else.")
  Optional<String> authority();
}
