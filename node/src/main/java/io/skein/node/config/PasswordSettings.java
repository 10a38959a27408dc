package io.skein.node.config;

import io.smallrye.config.WithDefault;

/** How passwords are hashed: Argon2id. */
public interface PasswordSettings {
  @Doc("Memory of one hash, in KiB.")
  @WithDefault("19456")
  int memoryKib();

  @Doc("Over that memory.")
  @WithDefault("2")
  int passes();

  @Doc("Hashes computed at once in this process.")
  @WithDefault("2")
  int workers();

  @Doc("Hashes waiting for a worker; more are refused as overloaded.")
  @WithDefault("64")
  int maxWaiting();
}
