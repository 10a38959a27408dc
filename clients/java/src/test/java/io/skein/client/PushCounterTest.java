package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The count of pushes")
class PushCounterTest {
  private final PushCounter counter = new PushCounter();

  @Test
  @DisplayName("misses nothing, in whatever order they come, until one is left out")
  void anyOrder() {
    List<Integer> pushes = IntStream.rangeClosed(1, 500).boxed().collect(Collectors.toList());
    Collections.shuffle(pushes, new Random(7));
    Integer last = pushes.removeLast();
    pushes.forEach(counter::received);
    assertThat(counter.missing()).isTrue();

    counter.received(last);

    assertThat(counter.missing()).isFalse();
  }

  @Test
  @DisplayName("misses what the server says it has sent")
  void sent() {
    counter.received(1);
    counter.sent(2);
    assertThat(counter.missing()).isTrue();
    counter.received(2);
    assertThat(counter.missing()).isFalse();
  }

  @Test
  @DisplayName("goes on from the highest after a sync, even from far beyond its window")
  void settles() {
    counter.received(100_000);
    assertThat(counter.missing()).isTrue();
    counter.settle();
    assertThat(counter.missing()).isFalse();
    counter.received(100_001);
    assertThat(counter.missing()).isFalse();
    counter.received(100_003);
    assertThat(counter.missing()).isTrue();
  }
}
