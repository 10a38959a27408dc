package io.skein.session.batch;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs one batch at a time; while it runs the next one fills. No timer: a lone call goes at once.
 * To be used on one context.
 *
 * @param <Q> question
 * @param <R> answer
 */
public final class Batcher<Q, R> {
  private record Waiting<Q, R>(Q question, Promise<R> answer) {}

  private final Function<List<Q>, Future<List<R>>> run;
  private final Function<Q, ?> key;
  private final int maxBatch;
  private final int maxWaiting;
  private final Deque<Waiting<Q, R>> queue = new ArrayDeque<>();
  private boolean running;

  /**
   * @param run answers a batch, in its order
   * @param key of several questions with the same key, at most one is in a batch
   * @param maxWaiting questions beyond are refused as overloaded
   */
  public Batcher(
      Function<List<Q>, Future<List<R>>> run, Function<Q, ?> key, int maxBatch, int maxWaiting) {
    this.run = run;
    this.key = key;
    this.maxBatch = maxBatch;
    this.maxWaiting = maxWaiting;
  }

  /** The answer to this question. Fails with OVERLOADED, or as the batch does. */
  public Future<R> ask(Q question) {
    if (queue.size() >= maxWaiting) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.OVERLOADED, "too many calls wait for the store: try again"));
    }
    Promise<R> answer = Promise.promise();
    queue.add(new Waiting<>(question, answer));
    runNext();
    return answer.future();
  }

  private void runNext() {
    if (running || queue.isEmpty()) {
      return;
    }
    running = true;
    List<Waiting<Q, R>> batch = nextBatch();
    answer(batch)
        .onComplete(
            done -> {
              running = false;
              runNext();
            });
  }

  private List<Waiting<Q, R>> nextBatch() {
    List<Waiting<Q, R>> batch = new ArrayList<>();
    Set<Object> keys = new HashSet<>();
    Iterator<Waiting<Q, R>> waiting = queue.iterator();
    while (waiting.hasNext() && batch.size() < maxBatch) {
      Waiting<Q, R> next = waiting.next();
      if (keys.add(key.apply(next.question()))) {
        batch.add(next);
        waiting.remove();
      }
    }
    return batch;
  }

  /** Never fails. What only one question can be guilty of is not held against the others. */
  private Future<Void> answer(List<Waiting<Q, R>> batch) {
    return Future.succeededFuture(batch.stream().map(Waiting::question).toList())
        .compose(run)
        .compose(
            answers -> {
              for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
              }
              return Future.<Void>succeededFuture();
            },
            failure -> {
              if (batch.size() > 1 && !isOfTheStore(failure)) {
                return answerEach(batch);
              }
              batch.forEach(waiting -> waiting.answer().fail(failure));
              return Future.succeededFuture();
            });
  }

  private Future<Void> answerEach(List<Waiting<Q, R>> batch) {
    Future<Void> done = Future.succeededFuture();
    for (Waiting<Q, R> one : batch) {
      done = done.compose(before -> answer(List.of(one)));
    }
    return done;
  }

  private static boolean isOfTheStore(Throwable failure) {
    return failure instanceof SkeinException expected && expected.retryable();
  }
}
