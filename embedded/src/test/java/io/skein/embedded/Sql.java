package io.skein.embedded;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One statement on a connection of its own. */
public final class Sql {
  private Sql() {}

  /** The first column of the first row, or null if there are no rows. */
  public static String query(PostgresAddress address, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  public static void execute(PostgresAddress address, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
