package io.skein.bench.limits;

import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What the database allows: rows of 200 bytes, committed durably through the client that the server
 * uses, on one connection, one transaction after the other. In a table of its own, dropped
 * afterwards.
 */
final class InsertLimit {
  static final Figure SINGLE = Figure.limit("durable inserts, one at a time");
  static final Figure BATCHED = Figure.limit("durable inserts, 256 at a time");

  private static final int BYTES = 200;
  private static final int BATCH = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TABLE = "skein_bench_limit";

  private final String uri;

  /** At {@code uri}: {@code postgresql://user:password@host:port/database}. */
  InsertLimit(String uri) {
    this.uri = uri;
  }

  /**
   * Measures both.
   *
   * @param time for each
   * @throws RuntimeException what the database says
   * @throws TimeoutException if it does not answer
   */
  void measure(Duration time, Run run) throws TimeoutException {
    Vertx vertx = Vertx.vertx();
    try {
      PgConnectOptions options = PgConnectOptions.fromUri(uri).setCachePreparedStatements(true);
      PgConnection connection = await(PgConnection.connect(vertx, options));
      run(connection, "SET client_min_messages = warning");
      run(connection, "DROP TABLE IF EXISTS " + TABLE);
      run(connection, "CREATE TABLE " + TABLE + " (id bigserial PRIMARY KEY, body bytea NOT NULL)");
      run.add(SINGLE, perSecond(connection, 1, time));
      run.add(BATCHED, perSecond(connection, BATCH, time));
      run(connection, "DROP TABLE " + TABLE);
      await(connection.close());
    } finally {
      await(vertx.close());
    }
  }

  private static void run(PgConnection connection, String sql) throws TimeoutException {
    await(connection.query(sql).execute());
  }

  private static double perSecond(PgConnection connection, int rows, Duration time)
      throws TimeoutException {
    PreparedQuery<RowSet<Row>> insert =
        connection.preparedQuery("INSERT INTO " + TABLE + " (body) SELECT unnest($1::bytea[])");
    Buffer[] bodies = new Buffer[rows];
    Arrays.fill(bodies, Buffer.buffer(new byte[BYTES]));
    Tuple batch = Tuple.of(bodies);
    long began = System.nanoTime();
    long until = began + time.toNanos();
    Promise<Long> counted = Promise.promise();
    repeat(() -> insert.execute(batch), until, 0, counted);
    long batches = await(counted.future());
    return batches * rows * 1e9 / (System.nanoTime() - began);
  }

  /** Not composed: thousands of futures would end inside each other. */
  private static void repeat(
      Supplier<Future<?>> step, long until, long count, Promise<Long> counted) {
    if (System.nanoTime() - until >= 0) {
      counted.complete(count);
    } else {
      step.get()
          .onSuccess(next -> repeat(step, until, count + 1, counted))
          .onFailure(counted::fail);
    }
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
