package io.skein.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Repeated work")
class RepeatingTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final AtomicInteger runs = new AtomicInteger();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  @DisplayName("goes on after a run that failed, and after one that threw")
  void goesOn() {
    Repeating.start(
        vertx,
        "test",
        PAUSE,
        () -> {
          if (runs.incrementAndGet() % 2 == 0) {
            throw new IllegalStateException("thrown");
          }
          return Future.failedFuture("failed");
        });
    await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(4));
  }

  @Test
  @DisplayName("never overlaps, and stops when the run under way has ended")
  void stops() {
    Promise<Void> first = Promise.promise();
    Repeating repeating =
        Repeating.start(
            vertx,
            "test",
            PAUSE,
            () -> {
              runs.incrementAndGet();
              return first.future();
            });
    // Many pauses fit into this timer.
    vertx.timer(50).await();
    assertThat(runs).hasValue(1);

    Future<Void> stopped = repeating.stop();
    assertThat(stopped.isComplete()).isFalse();
    first.fail("whatever the outcome");
    stopped.await();
    vertx.timer(50).await();
    assertThat(runs).hasValue(1);
  }
}
