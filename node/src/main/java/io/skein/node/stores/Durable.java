package io.skein.node.stores;

import io.skein.node.config.NodeSettings.Durability;
import io.skein.node.problem.Problem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Checks that Postgres keeps what it commits: an acknowledged message is never lost. */
public final class Durable {
  /** Class 28 of SQLSTATE: the login is wrong. */
  private static final String INVALID_LOGIN = "28";

  /** The database does not exist. */
  private static final String INVALID_DATABASE = "3D000";

  private final PostgresUri postgres;

  public Durable(PostgresUri postgres) {
    this.postgres = postgres;
  }

  /**
   * Connects once; a probe for {@link StoreWait}.
   *
   * @return the settings that are off, each with its value; empty: all is well
   * @throws Problem if the login or the database name is wrong
   * @throws SQLException if it does not answer
   */
  public List<String> weakSettings() throws SQLException {
    List<String> weak = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.jdbcLogin());
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        String value = show(statement, setting);
        // "on" and the stronger remote_apply; local is as good where there is no standby.
        if (!List.of("on", "remote_apply", "remote_write", "local").contains(value)) {
          weak.add(setting + " is " + value);
        }
      }
    } catch (SQLException e) {
      throw explain(e);
    }
    return weak;
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private SQLException explain(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith(INVALID_LOGIN) || state.equals(INVALID_DATABASE)) {
      throw new Problem(
          "Postgres refuses the login at " + postgres,
          String.valueOf(e.getMessage()),
          "correct postgres.uri and postgres.password, or make the user and the database:\n"
              + "CREATE USER skein PASSWORD '…'; CREATE DATABASE skein OWNER skein;",
          e);
    }
    return e;
  }

  /**
   * Refuses or warns, as configured.
   *
   * @throws Problem if commits may get lost and that is not wanted
   */
  public static void judge(List<String> weak, Durability durability, Consumer<String> warning) {
    if (weak.isEmpty()) {
      return;
    }
    String why = String.join(", ", weak) + ": a crash could lose acknowledged messages";
    if (durability == Durability.WARN) {
      warning.accept("Postgres does not keep what it commits: " + why);
      return;
    }
    throw new Problem(
        "Postgres does not keep what it commits",
        why,
        "ALTER SYSTEM SET fsync = on (likewise the others), then restart Postgres;\n"
            + "or set node.durability to warn, if you can do without those messages");
  }
}
