package io.skein.message.large;

import io.skein.message.RepeatableSql;
import io.skein.message.large.WakeupStore.Wakeup;
import io.skein.protocol.internal.v1.Delivery;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Walks through the members of large conversations in which something was said, and has those
 * notified who are nowhere. Of all that was said before a walk only the newest is told. Whoever
 * dies is followed by another, from the beginning: a repeated notification is none. Must be used
 * from one event loop only, not while a sweep runs.
 */
public final class WakeupSweeper {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Members in one call to the sessions. */
  private static final int PAGE = 1_000;

  /** For each page, so that a busy conversation of many costs a bounded part of the time. */
  private static final Duration REST = Duration.ofMillis(100);

  /** Walks of one sweep. */
  private static final int WALKS = 100;

  private final WakeupStore store;
  private final Function<List<Delivery>, Future<Void>> deliver;

  /**
   * A sweeper.
   *
   * @param deliver the way to the sessions of single users
   */
  public WakeupSweeper(RepeatableSql sql, Function<List<Delivery>, Future<Void>> deliver) {
    this.store = new WakeupStore(sql);
    this.deliver = deliver;
  }

  /**
   * Goes through what waits; to be called again and again. A failed walk is taken up when its lease
   * has run out.
   *
   * @return how many conversations were walked through
   */
  public Future<Integer> sweep() {
    return sweep(0);
  }

  private Future<Integer> sweep(int before) {
    return before == WALKS
        ? Future.succeededFuture(before)
        : store
            .claim(LEASE)
            .compose(
                due ->
                    due.map(wakeup -> walk(wakeup, "", 1).compose(done -> sweep(before + 1)))
                        .orElseGet(() -> Future.succeededFuture(before)));
  }

  private Future<Void> walk(Wakeup wakeup, String afterUser, int page) {
    return store
        .members(wakeup, afterUser, PAGE)
        .compose(users -> tell(wakeup, users).map(users))
        .compose(
            users ->
                users.size() < PAGE
                    ? store.told(wakeup, REST.multipliedBy(page))
                    : store
                        .extend(wakeup, LEASE)
                        .compose(more -> walk(wakeup, users.getLast(), page + 1)));
  }

  private Future<Void> tell(Wakeup wakeup, List<String> users) {
    return users.isEmpty()
        ? Future.succeededFuture()
        : deliver.apply(
            List.of(
                Delivery.newBuilder()
                    .setConversationId(wakeup.conversationId().toString())
                    .setSeq(wakeup.seq())
                    .setSender(wakeup.sender())
                    .addAllRecipients(users)
                    .setAbsentOnly(true)
                    .build()));
  }
}
