package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;

/**
 * Statements that may be run twice: reads, and writes that change nothing the second time. A broken
 * connection is what is left of a server that was restarted, so they get a second chance on another
 * one; then the caller is told to come back.
 */
public final class RepeatableSql {
  /**
   * A pool gives out a connection that has just broken until it has seen that, and a restart breaks
   * all of them.
   */
  private static final long PAUSE_MS = 50;

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
            failure ->
                isPassing(failure)
                    ? pause().compose(over -> once(sql, parameters))
                    : Future.failedFuture(failure))
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

  /** Answers of a client come on a context; who has none goes on at once. */
  private static Future<?> pause() {
    Context context = Vertx.currentContext();
    return context == null
        ? Future.succeededFuture()
        : context.owner().timer(PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private static boolean isPassing(Throwable failure) {
    return SqlFailure.of(failure) == SqlFailure.PASSING;
  }
}
