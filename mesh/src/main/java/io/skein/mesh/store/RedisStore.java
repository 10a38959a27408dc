package io.skein.mesh.store;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pooled client, which connects anew by itself. What cannot be answered fails with UNAVAILABLE;
 * an answer of Redis that is an error stays what it is. Thread-safe.
 */
public final class RedisStore {
  private final Redis client;
  private final Redis single;
  private final long timeoutMs;

  public RedisStore(Vertx vertx, RedisConfig config) {
    this.timeoutMs = config.commandTimeout().toMillis();
    this.client =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(config.uri())
                .setMaxPoolSize(config.poolSize())
                .setMaxPoolWaiting(config.maxWaiting()));
    this.single =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(config.uri())
                .setMaxPoolSize(config.poolSize())
                .setMaxPoolWaiting(config.maxWaiting()));
  }

  /** One command. */
  public Future<Response> send(Request request) {
    return bounded(client.send(request));
  }

  /** Several commands at once, answered in order; not a transaction. */
  public Future<List<Response>> batch(List<Request> requests) {
    return bounded(client.batch(requests));
  }

  /**
   * A connection of one's own, for blocking reads; the caller closes it and replaces a lost one.
   */
  public Future<RedisConnection> dedicated() {
    return bounded(single.connect());
  }

  /** Completes if Redis answers. */
  public Future<Void> ping() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  public Future<Void> close() {
    return client.close().eventually(single::close);
  }

  private <T> Future<T> bounded(Future<T> answer) {
    return answer
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(mapped(failure)));
  }

  private static Throwable mapped(Throwable failure) {
    boolean answered = failure instanceof ErrorType error && !error.is("LOADING");
    return answered
        ? failure
        : new SkeinException(ErrorCode.UNAVAILABLE, "Redis cannot be reached");
  }
}
