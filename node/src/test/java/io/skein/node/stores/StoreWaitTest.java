package io.skein.node.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.skein.node.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting for a store")
class StoreWaitTest {
  private final List<String> progress = new ArrayList<>();
  private final AtomicInteger tries = new AtomicInteger();
  private long nanos;

  private final StoreWait wait =
      new StoreWait(
          Duration.ofSeconds(10), progress::add, () -> nanos, pause -> nanos += pause.toNanos());

  @Test
  @DisplayName("goes on as soon as it answers, and said meanwhile what it waits for")
  void comesLate() {
    String version =
        wait.until(
            "Redis at h",
            "",
            () -> {
              if (tries.incrementAndGet() < 5) {
                throw new IOException("refused");
              }
              return "7";
            });
    assertThat(version).isEqualTo("7");
    assertThat(progress).containsExactly("Waiting for Redis at h: refused (0 of 10 s)");
  }

  @Test
  @DisplayName("gives up in the end, with the last failure and what to do; tells every few seconds")
  void neverComes() {
    assertThatThrownBy(
            () ->
                wait.until(
                    "Postgres at h",
                    "start it",
                    () -> {
                      throw new IllegalStateException("outer", new IOException("refused"));
                    }))
        .asInstanceOf(type(Problem.class))
        .satisfies(
            problem -> {
              assertThat(problem.what()).isEqualTo("Postgres at h does not answer after 10 s");
              assertThat(problem.why()).isEqualTo("refused");
              assertThat(problem.remedy()).isEqualTo("start it");
            });
    assertThat(progress).hasSize(4);
  }

  @Test
  @DisplayName("does not wait for what waiting cannot mend")
  void wrongPassword() {
    assertThatThrownBy(
            () ->
                wait.until(
                    "Redis",
                    "",
                    () -> {
                      tries.incrementAndGet();
                      throw new Problem("wrong password", "", "");
                    }))
        .hasMessageContaining("wrong password");
    assertThat(tries).hasValue(1);
  }
}
