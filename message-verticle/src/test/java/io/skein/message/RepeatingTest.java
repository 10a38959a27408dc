package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Repeated work")
class RepeatingTest {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private final AtomicInteger turns = new AtomicInteger();

  @Test
  @DisplayName("It goes on after failures and exceptions")
  void survivesFailures() {
    start(
        () ->
            switch (turns.incrementAndGet()) {
              case 1 -> Future.failedFuture("no");
              case 2 -> throw new IllegalStateException("a defect");
              default -> Future.succeededFuture();
            });
    Awaitility.await().until(() -> turns.get() > 5);
  }

  @Test
  @DisplayName("It never runs twice at the same time")
  void doesNotOverlap() {
    Promise<Void> slow = Promise.promise();
    start(
        () -> {
          turns.incrementAndGet();
          return slow.future();
        });
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(2))
        .until(() -> turns.get() <= 1);
    slow.complete();
    Awaitility.await().until(() -> turns.get() > 1);
  }

  @Test
  @DisplayName("Stopped, it does not run again")
  void stops() {
    Repeating repeating =
        start(
            () -> {
              turns.incrementAndGet();
              return Future.succeededFuture();
            });
    Awaitility.await().until(() -> turns.get() > 0);
    int before =
        loop.run(
            () -> {
              repeating.stop();
              return Future.succeededFuture(turns.get());
            });
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(2))
        .until(() -> turns.get() == before);
    assertThat(turns).hasValue(before);
  }

  private Repeating start(Supplier<Future<?>> work) {
    Repeating repeating = new Repeating(loop.vertx(), Duration.ofMillis(4), new Random(1), work);
    return loop.run(
        () -> {
          repeating.start();
          return Future.succeededFuture(repeating);
        });
  }
}
