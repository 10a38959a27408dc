package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Work of several statements, all or nothing, for what is too rare to be batched. The work waits
 * for locks, for some seconds; what passes is tried again a bounded number of times, so it must not
 * matter if it was committed without an answer.
 */
public final class Transactions {
  private static final String PATIENCE = "SET LOCAL lock_timeout = '3s'";

  private final Vertx vertx;
  private final Pool pool;
  private final Backoff backoff;
  private final RandomGenerator random;

  Transactions(Vertx vertx, Pool pool, Backoff backoff, RandomGenerator random) {
    this.vertx = vertx;
    this.pool = pool;
    this.backoff = backoff;
    this.random = random;
  }

  /**
   * Runs work in a transaction, which has been committed when the future succeeds.
   *
   * @return fails with UNAVAILABLE when it cannot be done for now, else as the work does
   */
  public <T> Future<T> run(Function<SqlConnection, Future<T>> work) {
    return attempt(work, 1);
  }

  private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, int attempt) {
    return pool.withTransaction(
            connection ->
                connection.query(PATIENCE).execute().compose(ready -> work.apply(connection)))
        .recover(
            failure -> {
              boolean ours = failure instanceof SkeinException;
              if (ours || SqlFailure.of(failure) != SqlFailure.PASSING) {
                return Future.failedFuture(failure);
              }
              return backoff.allows(attempt + 1) ? again(work, attempt) : unavailable();
            });
  }

  private <T> Future<T> again(Function<SqlConnection, Future<T>> work, int attempt) {
    return vertx
        .timer(backoff.delayMs(attempt, random), TimeUnit.MILLISECONDS)
        .compose(waited -> attempt(work, attempt + 1));
  }

  private static <T> Future<T> unavailable() {
    return Future.failedFuture(
        new SkeinException(ErrorCode.UNAVAILABLE, "the database does not answer at the moment"));
  }
}
