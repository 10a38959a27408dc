package io.skein.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ends of chains of futures. */
final class Outcomes {
  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  private Outcomes() {}

  /** Calls {@code then} with the value or the failure; a defect of it is logged, not swallowed. */
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing is left to happen after it.
  static <T> void handle(CompletionStage<T> future, BiConsumer<T, Throwable> then) {
    future.whenComplete(
        (value, failure) -> {
          try {
            then.accept(value, failure);
          } catch (RuntimeException defect) {
            LOG.error("a step of the client failed", defect);
          }
        });
  }

  /** Completes {@code to} as {@code from} is completed. */
  static <T> void forward(CompletionStage<T> from, CompletableFuture<T> to) {
    handle(
        from,
        (value, failure) -> {
          if (failure == null) {
            to.complete(value);
          } else {
            to.completeExceptionally(Failures.causeOf(failure));
          }
        });
  }
}
