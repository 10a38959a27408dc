package io.skein.notify;

import io.skein.notify.queue.QueueEntry;
import io.skein.notify.queue.QueueReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this consumer supplied: reads on while it holds fewer hints than it may, so that one slow
 * notification does not hold up those behind it. Runs on one context.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final QueueReader reader;
  private final int maxInHand;
  private final Function<List<QueueEntry>, Future<Void>> work;
  private final Set<String> inHand = new HashSet<>();
  private boolean reading;
  private boolean stopped;
  private final Promise<Void> idle = Promise.promise();

  /**
   * @param work what is done with hints; never fails
   */
  Intake(
      Vertx vertx,
      QueueReader reader,
      int maxInHand,
      Function<List<QueueEntry>, Future<Void>> work) {
    this.vertx = vertx;
    this.reader = reader;
    this.maxInHand = maxInHand;
    this.work = work;
  }

  void start() {
    readOn();
  }

  private void readOn() {
    int room = maxInHand - inHand.size();
    if (stopped || reading || room <= 0) {
      return;
    }
    reading = true;
    reader
        .read(room)
        .onSuccess(
            entries -> {
              reading = false;
              accept(entries);
              goOn();
            })
        .onFailure(this::readLater);
  }

  private void readLater(Throwable failure) {
    if (!stopped) {
      LOG.warn("The queue cannot be read: {}", failure.toString());
    }
    vertx.setTimer(
        AFTER_FAILURE.toMillis(),
        later -> {
          reading = false;
          goOn();
        });
  }

  private void goOn() {
    readOn();
    if (stopped && !reading && inHand.isEmpty()) {
      idle.tryComplete();
    }
  }

  /** Works on entries, except for those that it is working on: orphans may be its own. */
  void accept(List<QueueEntry> entries) {
    List<QueueEntry> fresh = entries.stream().filter(entry -> inHand.add(entry.id())).toList();
    if (fresh.isEmpty()) {
      return;
    }
    work.apply(fresh)
        .onComplete(
            settled -> {
              fresh.forEach(entry -> inHand.remove(entry.id()));
              goOn();
            });
  }

  /**
   * Reads no more. Done when the read under way has ended and what it has is settled, so that no
   * hint goes to a consumer that is gone; the caller bounds the wait.
   */
  Future<Void> stop() {
    stopped = true;
    goOn();
    return idle.future().onComplete(done -> reader.close());
  }
}
