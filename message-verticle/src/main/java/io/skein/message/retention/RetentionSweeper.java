package io.skein.message.retention;

import io.skein.message.Transactions;
import io.skein.protocol.v1.Conversation.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Walks over all conversations again and again and removes what is older than its kind is kept: a
 * few conversations and a bounded number of entries in each transaction. Instances walk each for
 * itself, from different beginnings, so that it goes on whoever dies. Must be used from one event
 * loop only, not while a sweep runs.
 */
public final class RetentionSweeper {
  private static final int CONVERSATIONS = 100;
  private static final int ENTRIES = 1000;

  /** Transactions of one sweep, as long as each of them removes something. */
  private static final int ROUNDS = 20;

  private static final String RETAIN =
      "SELECT removed, next FROM message.retain_v1($1, $2, $3, $4, $5)";

  private final Transactions transactions;
  private final Short[] kinds;
  private final Long[] ages;

  /** Where to go on; null: at the beginning. */
  private UUID after;

  /**
   * A sweeper.
   *
   * @param beginning where the first walk begins, any id
   */
  public RetentionSweeper(Transactions transactions, Retention retention, UUID beginning) {
    this.transactions = transactions;
    this.after = beginning;
    Map<Kind, Duration> limited = retention.limited();
    this.kinds =
        limited.keySet().stream().map(kind -> (short) kind.getNumber()).toArray(Short[]::new);
    this.ages = limited.values().stream().map(Duration::toSeconds).toArray(Long[]::new);
  }

  /**
   * Goes some steps of the walk; to be called again and again.
   *
   * @return how many entries were removed
   */
  public Future<Integer> sweep() {
    return kinds.length == 0 ? Future.succeededFuture(0) : sweep(0, 1);
  }

  private Future<Integer> sweep(int before, int round) {
    return transactions
        .run(this::retain)
        .compose(
            row -> {
              after = row.getUUID("next");
              int removed = row.getInteger("removed");
              return removed == 0 || round == ROUNDS
                  ? Future.succeededFuture(before + removed)
                  : sweep(before + removed, round + 1);
            });
  }

  private Future<Row> retain(SqlConnection connection) {
    return connection
        .preparedQuery(RETAIN)
        .execute(Tuple.of(after, CONVERSATIONS, kinds, ages, ENTRIES))
        .map(rows -> rows.iterator().next());
  }
}
