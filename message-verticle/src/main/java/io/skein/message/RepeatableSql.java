package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Statements that may be run twice: reads, and writes that change nothing the second time. A broken
 * connection is what is left of a server that was restarted, so they get a second chance on another
 * one; then the caller is told to come back.
 */
public final class RepeatableSql {
  private final SqlClient client;

  public RepeatableSql(SqlClient client) {
    this.client = client;
  }

  /**
   * Runs a prepared statement.
   *
   * @return fails with UNAVAILABLE when the server does not answer for now, else as the server says
   */
  public Future<RowSet<Row>> execute(String sql, Tuple parameters) {
    return once(sql, parameters)
        .recover(
            failure -> isPassing(failure) ? once(sql, parameters) : Future.failedFuture(failure))
        .recover(
            failure ->
                Future.failedFuture(
                    isPassing(failure)
                        ? new SkeinException(
                            ErrorCode.UNAVAILABLE, "the database does not answer at the moment")
                        : failure));
  }

  private Future<RowSet<Row>> once(String sql, Tuple parameters) {
    return client.preparedQuery(sql).execute(parameters);
  }

  private static boolean isPassing(Throwable failure) {
    return SqlFailure.of(failure) == SqlFailure.PASSING;
  }
}
