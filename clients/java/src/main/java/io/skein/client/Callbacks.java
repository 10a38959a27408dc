package io.skein.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the application, one task at a time and in order, off the loop: it may be slow. */
final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final Executor executor;
  private final int limit;
  private final AtomicInteger waiting = new AtomicInteger();
  // Keeps the order on an executor of many threads.
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Callbacks(Executor executor, int limit) {
    this.executor = executor;
    this.limit = limit;
  }

  /** Whether the application is so far behind that entries wait in the server's log instead. */
  boolean full() {
    return waiting.get() >= limit;
  }

  synchronized void run(Runnable task) {
    waiting.incrementAndGet();
    try {
      last = last.thenRunAsync(() -> guarded(task), executor);
    } catch (RejectedExecutionException ended) {
      // The client is closed, and nothing else is under way there.
      guarded(task);
    }
  }

  /** A future for the application, so that its continuations do not run on the loop. */
  <T> CompletableFuture<T> deliver(CompletableFuture<T> internal) {
    CompletableFuture<T> outside = new CompletableFuture<>();
    Outcomes.handle(
        internal,
        (value, failure) ->
            run(
                () -> {
                  if (failure == null) {
                    outside.complete(value);
                  } else {
                    outside.completeExceptionally(Failures.causeOf(failure));
                  }
                }));
    return outside;
  }

  private void guarded(Runnable task) {
    waiting.decrementAndGet();
    try {
      task.run();
    } catch (RuntimeException defect) {
      LOG.error("the application failed on an event of the client", defect);
    }
  }
}
