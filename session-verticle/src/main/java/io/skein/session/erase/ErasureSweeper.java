package io.skein.session.erase;

import io.skein.session.erase.ErasureStore.Erasure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings erasures to their end. One is claimed for a while, and each call of it is noted when it is
 * done; if whoever claimed it dies, another goes on from there. Any number of instances may sweep.
 */
final class ErasureSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureSweeper.class);

  /** Calls for one user before others get their turn. */
  private static final int CALLS = 500;

  /** A step that failed is tried again after this. */
  private static final Duration BACKOFF = Duration.ofSeconds(15);

  /** Above the budget of one call. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final ErasureStore store;
  private final Erasers erasers;
  private final AtomicInteger open;
  private boolean stopped;

  /**
   * A sweeper.
   *
   * @param open is told how many erasures there are, for operators
   */
  ErasureSweeper(ErasureStore store, Erasers erasers, AtomicInteger open) {
    this.store = store;
    this.erasers = erasers;
    this.open = open;
  }

  /** Works on all that are due; to be called again and again, not while a sweep runs. */
  Future<Void> sweep() {
    return stopped
        ? Future.succeededFuture()
        : store
            .claim(LEASE)
            .compose(
                claimed ->
                    claimed.isEmpty()
                        ? store.open().<Void>map(this::noteOpen)
                        : work(claimed.get(), CALLS).compose(done -> sweep()));
  }

  private Void noteOpen(int number) {
    open.set(number);
    return null;
  }

  /** The call that is under way is the last one. */
  void stop() {
    stopped = true;
  }

  private Future<Void> work(Erasure erasure, int calls) {
    if (stopped || calls == 0) {
      return store.advance(erasure, erasure, Duration.ZERO).mapEmpty();
    }
    return step(erasure)
        .compose(cursor -> note(erasure, cursor, calls))
        .recover(
            failure -> {
              LOG.info("erasing goes on later, at {}: {}", erasure.step(), failure.toString());
              return store.advance(erasure, erasure, BACKOFF).mapEmpty();
            });
  }

  /** Answers where the step goes on; empty: it is done. */
  private Future<Optional<String>> step(Erasure erasure) {
    String userId = erasure.userId();
    return switch (erasure.step()) {
      case CONNECTIONS -> erasers.closeConnections(userId).map(Optional.empty());
      case LOG, LATE_LOG -> erasers.eraseLog(userId, erasure.cursor());
      case DEVICES -> store.removeDevices(userId).map(Optional.empty());
      case PRESENCE -> erasers.forgetPresence(userId).map(Optional.empty());
      case NOTIFY ->
          erasers
              .forgetNotified(userId)
              .map(more -> more ? Optional.of("") : Optional.<String>empty());
    };
  }

  private Future<Void> note(Erasure erasure, Optional<String> cursor, int calls) {
    if (cursor.isPresent()) {
      return advance(erasure, new Erasure(erasure.userId(), erasure.step(), cursor.get()), calls);
    }
    Optional<Step> next = erasure.step().next();
    if (next.isEmpty()) {
      LOG.info("an account and all that it wrote has been erased");
      return store.end(erasure);
    }
    Erasure begun = new Erasure(erasure.userId(), next.get(), "");
    return next.get().pause().isZero()
        ? advance(erasure, begun, calls)
        : store.advance(erasure, begun, next.get().pause()).mapEmpty();
  }

  private Future<Void> advance(Erasure before, Erasure after, int calls) {
    return store
        .advance(before, after, LEASE)
        .compose(mine -> mine ? work(after, calls - 1) : Future.succeededFuture());
  }
}
