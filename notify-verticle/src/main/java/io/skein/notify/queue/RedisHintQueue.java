package io.skein.notify.queue;

import io.skein.mesh.store.RedisStore;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The queue as a Redis Stream (6.2 or later). Time is that of Redis, the same for everybody. */
public final class RedisHintQueue implements HintQueue {
  private static final QueueScript ENQUEUE =
      QueueScript.load("enqueue.lua", QueueKeys.QUEUE, QueueKeys.DELAYED);
  private static final QueueScript MOVE =
      QueueScript.load("move.lua", QueueKeys.QUEUE, QueueKeys.DELAYED);
  private static final QueueScript CLAIM = QueueScript.load("claim.lua", QueueKeys.QUEUE);
  private static final QueueScript FORGET = QueueScript.load("forget.lua", QueueKeys.QUEUE);
  private static final QueueScript RETRY =
      QueueScript.load("retry.lua", QueueKeys.QUEUE, QueueKeys.DELAYED);
  private static final QueueScript BURY =
      QueueScript.load("bury.lua", QueueKeys.QUEUE, QueueKeys.DEAD);

  private final RedisStore redis;
  private final QueueConfig config;
  private final ConsumerGroup group;

  public RedisHintQueue(RedisStore redis, QueueConfig config) {
    this.redis = redis;
    this.config = config;
    this.group = new ConsumerGroup(redis);
  }

  @Override
  public Future<Void> add(List<Delayed> hints) {
    Request request = ENQUEUE.call().arg(config.maxLength()).arg(config.maxDelayed());
    hints.forEach(each -> request.arg(each.delay().toMillis()).arg(payload(each.hint())));
    return redis.send(request).mapEmpty();
  }

  @Override
  public Future<Integer> moveDue() {
    return redis
        .send(MOVE.call().arg(config.maxLength()).arg(config.batch()))
        .map(Response::toInteger);
  }

  @Override
  public Future<List<QueueEntry>> claimOrphans(String consumer) {
    Request request =
        CLAIM
            .call()
            .arg(QueueKeys.GROUP)
            .arg(consumer)
            .arg(config.orphanedAfter().toMillis())
            .arg(config.batch());
    return group.orRecreated(redis.send(request).map(Replies::ofEntries), List.of());
  }

  @Override
  public Future<Integer> forgetConsumers(Collection<String> alive) {
    Request request = FORGET.call().arg(QueueKeys.GROUP).arg(config.orphanedAfter().toMillis());
    alive.forEach(request::arg);
    return group.orRecreated(redis.send(request).map(Response::toInteger), 0);
  }

  @Override
  public Future<Void> done(Collection<String> ids) {
    Request acknowledge = Request.cmd(Command.XACK).arg(QueueKeys.QUEUE).arg(QueueKeys.GROUP);
    Request delete = Request.cmd(Command.XDEL).arg(QueueKeys.QUEUE);
    ids.forEach(id -> acknowledge.arg(id));
    ids.forEach(id -> delete.arg(id));
    return redis.batch(List.of(acknowledge, delete)).mapEmpty();
  }

  @Override
  public Future<Void> retry(Collection<String> ids, QueuedHint hint, Duration delay) {
    Request request =
        RETRY
            .call()
            .arg(QueueKeys.GROUP)
            .arg(delay.toMillis())
            .arg(config.maxDelayed())
            .arg(payload(hint));
    ids.forEach(request::arg);
    return redis
        .send(request)
        .compose(
            kept ->
                kept.toInteger() == 1
                    ? Future.succeededFuture()
                    : bury(ids, hint, "too many wait for another attempt"));
  }

  @Override
  public Future<Void> bury(Collection<String> ids, QueuedHint queued, String reason) {
    Hint hint = queued.getHint();
    Request request =
        BURY.call()
            .arg(QueueKeys.GROUP)
            .arg(config.maxDead())
            .arg(payload(queued))
            .arg(hint.getUserId())
            .arg(hint.getConversationId())
            .arg(hint.getSeq())
            .arg(queued.getAttempts())
            .arg(reason);
    ids.forEach(request::arg);
    return redis.send(request).mapEmpty();
  }

  @Override
  public Future<QueueSize> size() {
    return redis
        .batch(
            List.of(
                Request.cmd(Command.XLEN).arg(QueueKeys.QUEUE),
                Request.cmd(Command.ZCARD).arg(QueueKeys.DELAYED),
                Request.cmd(Command.XLEN).arg(QueueKeys.DEAD)))
        .map(
            sizes ->
                new QueueSize(sizes.get(0).toLong(), sizes.get(1).toLong(), sizes.get(2).toLong()));
  }

  private static Buffer payload(QueuedHint hint) {
    return Buffer.buffer(hint.toByteArray());
  }
}
