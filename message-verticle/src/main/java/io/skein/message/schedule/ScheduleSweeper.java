package io.skein.message.schedule;

import io.skein.message.Caller;
import io.skein.message.RepeatableSql;
import io.skein.message.schedule.ScheduleStore.Due;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. A message is claimed for a while and removed when it has been sent; if whoever
 * claimed it dies, the next one sends it again, and the log answers with the seq that it has.
 */
public final class ScheduleSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleSweeper.class);
  private static final int AT_ONCE = 100;
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Well below the lease, so that nobody sends what may be cancelled again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduleStore store;
  private final BiFunction<Caller, SendRequest, Future<SendReply>> send;

  /**
   * A sweeper.
   *
   * @param send appends a message to the log
   */
  public ScheduleSweeper(
      RepeatableSql sql, BiFunction<Caller, SendRequest, Future<SendReply>> send) {
    this.store = new ScheduleStore(sql);
    this.send = send;
  }

  /**
   * Sends all that is due; to be called again and again.
   *
   * @return how many have been sent or refused
   */
  public Future<Integer> sweep() {
    return store
        .claim(AT_ONCE, LEASE)
        .compose(
            due -> {
              List<Future<Void>> sends = due.stream().map(this::send).toList();
              Future<Integer> all = Future.join(sends).map(due.size());
              return due.size() < AT_ONCE
                  ? all
                  : all.compose(some -> sweep().map(others -> some + others));
            });
  }

  /** To all devices of the sender, too. */
  private Future<Void> send(Due message) {
    Caller sender =
        new Caller(message.userId(), "", Optional.empty(), System.nanoTime() + PATIENCE.toNanos());
    return Future.succeededFuture()
        .compose(now -> send.apply(sender, message.request()))
        .transform(
            done -> {
              if (done.succeeded()) {
                return store.sent(message);
              }
              if (done.cause() instanceof SkeinException refusal && !refusal.retryable()) {
                return store.refused(message, refusal.code().word());
              }
              LOG.info("a scheduled message will be tried again: {}", done.cause().toString());
              return Future.succeededFuture();
            });
  }
}
