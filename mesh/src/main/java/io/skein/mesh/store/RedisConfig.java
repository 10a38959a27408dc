package io.skein.mesh.store;

import java.time.Duration;

/**
 * How to reach Redis.
 *
 * @param uri {@code redis://:password@host:port/db}
 * @param poolSize connections
 * @param maxWaiting requests that wait for a connection; more are refused
 * @param commandTimeout after which a command counts as failed
 */
public record RedisConfig(String uri, int poolSize, int maxWaiting, Duration commandTimeout) {
  /** The usual sizes. */
  public static RedisConfig of(String uri) {
    return new RedisConfig(uri, 8, 2_000, Duration.ofSeconds(2));
  }

  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return uri.replaceAll("//.*@", "//");
  }
}
