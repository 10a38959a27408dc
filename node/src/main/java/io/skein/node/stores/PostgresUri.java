package io.skein.node.stores;

import io.skein.node.config.PostgresSettings;
import io.skein.node.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The parts of {@code postgresql://user:password@host:port/database}. */
public record PostgresUri(String host, int port, String database, String user, String password) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads it; a password of its own setting wins.
   *
   * @throws Problem that never shows the password
   */
  public static PostgresUri of(PostgresSettings settings) {
    try {
      URI uri = new URI(settings.uri());
      String scheme = String.valueOf(uri.getScheme());
      String path = String.valueOf(uri.getPath());
      if (!scheme.matches("postgres(ql)?") || uri.getHost() == null || path.length() < 2) {
        throw wrong();
      }
      String[] login = String.valueOf(uri.getRawUserInfo()).split(":", 2);
      String user = uri.getRawUserInfo() == null ? "postgres" : decode(login[0]);
      String password = login.length == 2 ? decode(login[1]) : "";
      return new PostgresUri(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          path.substring(1),
          user,
          settings.password().orElse(password));
    } catch (URISyntaxException e) {
      throw wrong();
    }
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Problem wrong() {
    return new Problem(
        "postgres.uri is no Postgres address",
        "it does not look like postgresql://user:password@host:port/database",
        "correct it; characters such as @ and / in a password are written as %40 and %2F,\n"
            + "or put the password into postgres.password as it is");
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  Properties jdbcLogin() {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    return properties;
  }

  /** Without the password, because addresses end up in logs. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
