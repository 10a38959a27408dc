package io.skein.notify.queue;

import io.skein.mesh.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * The consumer group. It is gone when Redis has lost its memory: whoever notices makes it again.
 */
final class ConsumerGroup {
  private final RedisStore redis;

  ConsumerGroup(RedisStore redis) {
    this.redis = redis;
  }

  /** Makes the group, which begins with the oldest hint; nothing happens if it is there. */
  Future<Void> create() {
    return redis
        .send(
            Request.cmd(Command.XGROUP)
                .arg("CREATE")
                .arg(QueueKeys.QUEUE)
                .arg(QueueKeys.GROUP)
                .arg("0")
                .arg("MKSTREAM"))
        .<Void>mapEmpty()
        .recover(failure -> says(failure, "BUSYGROUP") ? Future.succeededFuture() : fail(failure));
  }

  /**
   * The answer; if it failed since there is no group, makes the group and answers {@code empty}.
   */
  <T> Future<T> orRecreated(Future<T> answer, T empty) {
    return answer.recover(
        failure ->
            says(failure, "NOGROUP") || says(failure, "no such key")
                ? create().map(empty)
                : fail(failure));
  }

  private static boolean says(Throwable failure, String word) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static <T> Future<T> fail(Throwable failure) {
    return Future.failedFuture(failure);
  }
}
