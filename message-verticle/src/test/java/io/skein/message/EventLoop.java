package io.skein.message;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One event loop for one test: everything under test runs on it, as in a verticle. */
final class EventLoop implements BeforeEachCallback, AfterEachCallback {
  private Vertx vertx;
  private Context context;

  @Override
  public void beforeEach(ExtensionContext test) {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Given.get(vertx.close());
  }

  Vertx vertx() {
    return vertx;
  }

  /** Starts something on the loop. */
  <T> Future<T> start(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            work.get().onComplete(promise);
          } catch (RuntimeException refused) {
            promise.fail(refused);
          }
        });
    return promise.future();
  }

  /** Does something on the loop and waits for it. */
  <T> T run(Supplier<Future<T>> work) {
    return Given.get(start(work));
  }
}
