package io.skein.node.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting for a future")
class BlockingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  @DisplayName("fails with what it fails with, checked exceptions being wrapped")
  void failures() {
    RuntimeException unchecked = new IllegalArgumentException("made up");
    assertThatThrownBy(() -> Blocking.await("it", Future.failedFuture(unchecked), LONG))
        .isSameAs(unchecked);
    IOException checked = new IOException("bind(..) failed");
    assertThatThrownBy(() -> Blocking.await("it", Future.failedFuture(checked), LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(checked);
  }

  @Test
  @DisplayName("ends with a problem that says what took too long")
  void tooLong() {
    Future<Void> never = Promise.<Void>promise().future();
    assertThatThrownBy(() -> Blocking.await("the doors", never, Duration.ofMillis(10)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("the doors took longer");
  }
}
