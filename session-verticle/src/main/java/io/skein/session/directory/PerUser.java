package io.skein.session.directory;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets what concerns one user happen one after the other, so that the memory of this instance sees
 * answers of the store in the order in which the store gave them. Bounded by the calls that wait:
 * each step has a deadline of its own.
 */
final class PerUser {
  private final Map<String, Future<?>> last = new HashMap<>();

  /** Runs the step when all earlier ones of this user are done, well or not. */
  <T> Future<T> inOrder(String userId, Supplier<Future<T>> step) {
    Future<?> before = last.getOrDefault(userId, Future.succeededFuture());
    Future<T> done = before.transform(any -> step.get());
    last.put(userId, done);
    return done.onComplete(any -> last.remove(userId, done));
  }
}
