package io.skein.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where a Postgres database is and how to log in. */
public record PostgresAddress(
    String host, int port, String database, String user, String password) {

  /** Of the server that runs in this data folder; empty: none does, or it is not ours to read. */
  public static Optional<PostgresAddress> ofRunning(Path data) {
    return PostgresServer.find(data);
  }

  /** {@code postgresql://user:password@host:port/database}, as the Vert.x client takes it. */
  public String uri() {
    return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + database;
  }

  /** {@code jdbc:postgresql://host:port/database}, without credentials. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** User and password under the names that JDBC wants. */
  public Properties jdbcProperties() {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return properties;
  }

  /** The same server and login, another database. */
  public PostgresAddress withDatabase(String name) {
    return new PostgresAddress(host, port, name, user, password);
  }

  /** Without the password, because addresses end up in logs. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
