package io.skein.notify.queue;

import io.skein.mesh.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the queue for one consumer, on a connection of its own, since a read that waits holds up
 * everything behind it. A connection that fails or falls silent is replaced at the next read.
 */
public final class QueueReader {
  /** Past the time that Redis was to wait: only a dead connection is so late. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final RedisStore redis;
  private final QueueConfig config;
  private final ConsumerGroup group;
  private final String consumer;
  private Future<RedisConnection> connection;

  public QueueReader(RedisStore redis, QueueConfig config, String consumer) {
    this.redis = redis;
    this.config = config;
    this.group = new ConsumerGroup(redis);
    this.consumer = consumer;
  }

  /** Waits for hints that no consumer has had; empty when none came. One read at a time. */
  public Future<List<QueueEntry>> read(int most) {
    Request request =
        Request.cmd(Command.XREADGROUP)
            .arg("GROUP")
            .arg(QueueKeys.GROUP)
            .arg(consumer)
            .arg("COUNT")
            .arg(Math.min(most, config.batch()))
            .arg("BLOCK")
            .arg(config.block().toMillis())
            .arg("STREAMS")
            .arg(QueueKeys.QUEUE)
            .arg(">");
    Future<List<QueueEntry>> read =
        connected().compose(open -> open.send(request)).map(Replies::ofRead);
    return group
        .orRecreated(
            read.timeout(config.block().plus(LATE).toMillis(), TimeUnit.MILLISECONDS), List.of())
        .onFailure(broken -> drop());
  }

  /** Ends a read that waits. */
  public void close() {
    drop();
  }

  private Future<RedisConnection> connected() {
    if (connection == null) {
      Future<RedisConnection> fresh = redis.dedicated();
      connection = fresh;
      fresh.onSuccess(open -> open.endHandler(ended -> forget(fresh)));
    }
    return connection;
  }

  private void forget(Future<RedisConnection> ended) {
    if (connection == ended) {
      connection = null;
    }
  }

  private void drop() {
    if (connection != null) {
      // Nothing can be done about a connection that fails to close.
      connection.onSuccess(open -> open.close().onFailure(ignored -> {}));
      connection = null;
    }
  }
}
