package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Group commit: while one batch is being committed, the next one fills. There is no timer, so an
 * idle lane adds no delay and a busy one makes dense batches by itself.
 *
 * <p>Items are worked on in the order in which they came; one batch is in flight at a time. An item
 * whose result is "again" goes back to the front, and what it contends for is tried with one item
 * at a time until that gets through: whatever waits behind a lock, items that contend for something
 * else go on. Must be used from one event loop only.
 *
 * @param <I> item
 * @param <O> its result
 */
final class BatchLane<I, O> {
  private static final long FIRST_PAUSE_MS = 2;
  private static final long LONGEST_PAUSE_MS = 64;

  private final Vertx vertx;
  private final Work<I, O> work;
  private final Function<I, ?> subject;
  private final Predicate<O> again;
  private final LaneLimits limits;
  private final LongSupplier nanoTime;
  private final Deque<Pending<I, O>> queue = new ArrayDeque<>();

  /** What the last try found locked, those that were tried longest ago first. */
  private final Set<Object> locked = new LinkedHashSet<>();

  private boolean running;
  private boolean scheduled;
  private boolean paused;
  private long pauseMs = FIRST_PAUSE_MS;

  /**
   * A lane.
   *
   * @param subject what an item contends for; items of one subject keep their order, whatever
   *     happens
   * @param again whether a result means that nothing was done and the item keeps its place
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  BatchLane(
      Vertx vertx,
      Work<I, O> work,
      Function<I, ?> subject,
      Predicate<O> again,
      LaneLimits limits,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.work = work;
    this.subject = subject;
    this.again = again;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** Does the work of a whole batch: one result per item, in the same order. */
  @FunctionalInterface
  interface Work<I, O> {
    Future<List<O>> run(List<I> items);
  }

  /**
   * Queues an item.
   *
   * @param deadline on the lane's clock; an item that has not been taken into a batch by then fails
   *     with DEADLINE_EXCEEDED and is never worked on; from then on its work is never cancelled
   * @return fails with OVERLOADED at once if the queue is full
   */
  Future<O> submit(I item, long deadline) {
    if (queue.size() >= limits.maxQueue()) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.OVERLOADED, "too many calls wait for the database"));
    }
    Pending<I, O> pending = new Pending<>(item, deadline, Promise.promise());
    queue.addLast(pending);
    if (!paused || isFree(pending)) {
      schedule();
    }
    return pending.promise.future();
  }

  int depth() {
    return queue.size();
  }

  boolean isIdle() {
    return queue.isEmpty() && !running;
  }

  /** Later in this turn of the event loop, so that what arrives together goes together. */
  private void schedule() {
    if (!scheduled && !running) {
      scheduled = true;
      vertx.runOnContext(
          turn -> {
            scheduled = false;
            next();
          });
    }
  }

  private void next() {
    List<Pending<I, O>> batch = take();
    if (!batch.isEmpty()) {
      running = true;
      run(batch).onComplete(done -> settle(batch, done));
    } else if (!queue.isEmpty()) {
      schedule(); // It was not the turn of what is queued; by now it is.
    }
  }

  private List<Pending<I, O>> take() {
    Set<Object> tries = tries();
    List<Pending<I, O>> batch = new ArrayList<>();
    List<Pending<I, O>> left = new ArrayList<>();
    long now = nanoTime.getAsLong();
    while (batch.size() < limits.maxBatch() && !queue.isEmpty()) {
      Pending<I, O> pending = queue.removeFirst();
      if (pending.deadline - now < 0) {
        pending.promise.fail(
            new SkeinException(
                ErrorCode.DEADLINE_EXCEEDED, "the database did not get to this call in time"));
      } else {
        (isFree(pending) || tries.remove(subject(pending)) ? batch : left).add(pending);
      }
    }
    if (queue.isEmpty()) {
      locked.removeAll(tries); // Nobody is left who wants them.
    }
    left.reversed().forEach(queue::addFirst);
    return batch;
  }

  /** Locked subjects whose turn it is to be tried. A quarter of a batch is for what is free. */
  private Set<Object> tries() {
    int most = Math.max(1, limits.maxBatch() * 3 / 4);
    Set<Object> tries = locked.stream().limit(most).collect(Collectors.toCollection(HashSet::new));
    locked.removeAll(tries);
    locked.addAll(tries);
    return tries;
  }

  private Object subject(Pending<I, O> pending) {
    return subject.apply(pending.item);
  }

  private boolean isFree(Pending<I, O> pending) {
    return locked.isEmpty() || !locked.contains(subject(pending));
  }

  private Future<List<O>> run(List<Pending<I, O>> batch) {
    try {
      return work.run(batch.stream().map(Pending::item).toList());
    } catch (RuntimeException broken) {
      return Future.failedFuture(broken);
    }
  }

  private void settle(List<Pending<I, O>> batch, AsyncResult<List<O>> done) {
    running = false;
    if (done.failed()) {
      schedule();
      batch.forEach(pending -> pending.promise.fail(done.cause()));
      return;
    }
    List<O> results = done.result();
    if (!locked.isEmpty()) {
      batch.forEach(pending -> locked.remove(subject(pending)));
    }
    List<Pending<I, O>> back = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (again.test(results.get(i))) {
        back.add(batch.get(i));
      }
    }
    back.forEach(pending -> locked.add(subject(pending)));
    back.reversed().forEach(queue::addFirst);
    if (back.size() == batch.size() && queue.stream().noneMatch(this::isFree)) {
      pause();
    } else {
      pauseMs = FIRST_PAUSE_MS;
      schedule();
    }
    for (int i = 0; i < batch.size(); i++) {
      if (!again.test(results.get(i))) {
        batch.get(i).promise.complete(results.get(i));
      }
    }
  }

  /** Nothing could be done at all: whoever holds the locks gets some time. */
  private void pause() {
    if (paused) {
      return;
    }
    paused = true;
    vertx.setTimer(
        pauseMs,
        timer -> {
          paused = false;
          schedule();
        });
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }

  private record Pending<I, O>(I item, long deadline, Promise<O> promise) {}
}
