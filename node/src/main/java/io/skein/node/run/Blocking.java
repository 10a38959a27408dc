package io.skein.node.run;

import io.skein.node.problem.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a future on the thread that starts or stops the process; never on an event loop. */
final class Blocking {
  private Blocking() {}

  /**
   * Waits.
   *
   * @param what is waited for, for a person: "the services"
   * @throws Problem if it takes too long
   * @throws RuntimeException what the future fails with, or around it if that is checked
   */
  static <T> T await(String what, Future<T> future, Duration limit) {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Problem(
          what + " took longer than " + limit.toSeconds() + " s", "", "see the log above", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Future.await throws what the future fails with, declared or not.
      throw new IllegalStateException(e.toString(), e);
    }
  }
}
