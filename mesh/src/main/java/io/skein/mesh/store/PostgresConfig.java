package io.skein.mesh.store;

import java.time.Duration;

/**
 * How to reach Postgres.
 *
 * @param poolSize connections of one process and pool
 * @param maxWaiting requests that wait for a connection; more are refused
 * @param connectTimeout of one attempt to connect
 */
public record PostgresConfig(
    String host,
    int port,
    String database,
    String user,
    String password,
    int poolSize,
    int maxWaiting,
    Duration connectTimeout) {

  /** The usual sizes. */
  public static PostgresConfig of(
      String host, int port, String database, String user, String password) {
    return new PostgresConfig(
        host, port, database, user, password, 8, 2_000, Duration.ofSeconds(3));
  }

  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
