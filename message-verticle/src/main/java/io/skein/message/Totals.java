package io.skein.message;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users have left to read in all their conversations. While the store is asked for some users
 * the next question fills, so that the many marks of one batch, and those of one user in quick
 * succession, cost one look. Must be used from one event loop only.
 */
final class Totals {
  /** Users in one question. */
  static final int MOST = 128;

  private final MarkStore store;
  private final Map<String, Promise<Integer>> waiting = new LinkedHashMap<>();
  private boolean asking;

  Totals(MarkStore store) {
    this.store = store;
  }

  /**
   * One user's total.
   *
   * @return read after this call, never by a question that is under way: it knows every mark that
   *     was committed before
   */
  Future<Integer> of(String userId) {
    Future<Integer> total = waiting.computeIfAbsent(userId, user -> Promise.promise()).future();
    ask();
    return total;
  }

  private void ask() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    Map<String, Promise<Integer>> asked = next();
    store.totalUnread(asked.keySet()).onComplete(totals -> answered(asked, totals));
  }

  private Map<String, Promise<Integer>> next() {
    Map<String, Promise<Integer>> next = new HashMap<>();
    Iterator<Map.Entry<String, Promise<Integer>>> first = waiting.entrySet().iterator();
    while (first.hasNext() && next.size() < MOST) {
      Map.Entry<String, Promise<Integer>> one = first.next();
      next.put(one.getKey(), one.getValue());
      first.remove();
    }
    return next;
  }

  private void answered(
      Map<String, Promise<Integer>> asked, AsyncResult<Map<String, Integer>> totals) {
    asking = false;
    ask();
    asked.forEach(
        (user, promise) -> {
          if (totals.succeeded()) {
            promise.complete(totals.result().get(user));
          } else {
            promise.fail(totals.cause());
          }
        });
  }
}
