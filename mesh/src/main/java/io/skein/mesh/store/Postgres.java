package io.skein.mesh.store;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A bounded pool of connections. It connects anew by itself after Postgres was away; what fails
 * meanwhile fails with UNAVAILABLE. Thread-safe.
 */
public final class Postgres {
  /**
   * Transient classes: connection, resources, operator intervention, system; rollback conflicts.
   */
  private static final Set<String> TRANSIENT = Set.of("08", "40", "53", "57", "58");

  private final PgConnectOptions server;
  private final Pool pool;

  public Postgres(Vertx vertx, PostgresConfig config) {
    this.server =
        new PgConnectOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setDatabase(config.database())
            .setUser(config.user())
            .setPassword(config.password())
            .setCachePreparedStatements(true);
    PoolOptions size =
        new PoolOptions()
            .setMaxSize(config.poolSize())
            .setMaxWaitQueueSize(config.maxWaiting())
            .setConnectionTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    this.pool = PgBuilder.pool().connectingTo(server).with(size).using(vertx).build();
  }

  /** The pool itself; failures are the client's own. */
  public Pool pool() {
    return pool;
  }

  /** Runs work on one connection of the pool, with failures in the error vocabulary. */
  public <T> Future<T> with(Function<SqlConnection, Future<T>> work) {
    return pool.withConnection(work).recover(failure -> Future.failedFuture(mapped(failure)));
  }

  /** The same within a transaction: all of it or nothing. */
  public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
    return pool.withTransaction(work).recover(failure -> Future.failedFuture(mapped(failure)));
  }

  /** Completes if Postgres answers. */
  public Future<Void> ping() {
    return with(connection -> connection.query("SELECT 1").execute()).mapEmpty();
  }

  public Future<Void> close() {
    return pool.close();
  }

  /** What a failure of the client means: UNAVAILABLE if it may pass, else the failure itself. */
  public static Throwable mapped(Throwable failure) {
    if (failure instanceof SkeinException) {
      return failure;
    }
    boolean answered = failure instanceof PgException error && error.getSqlState() != null;
    if (answered && !TRANSIENT.contains(((PgException) failure).getSqlState().substring(0, 2))) {
      return failure;
    }
    return failure instanceof RuntimeException defect && !answered && isDefect(defect)
        ? failure
        : new SkeinException(ErrorCode.UNAVAILABLE, "the database cannot be reached");
  }

  private static boolean isDefect(RuntimeException failure) {
    return failure instanceof NullPointerException
        || failure instanceof IllegalArgumentException
        || failure instanceof ClassCastException
        || failure instanceof IndexOutOfBoundsException;
  }

  @Override
  public String toString() {
    return server.getHost() + ":" + server.getPort() + "/" + server.getDatabase();
  }
}
