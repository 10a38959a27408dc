package io.skein.session.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private final List<List<String>> batches = new ArrayList<>();
  private final List<Promise<List<String>>> answers = new ArrayList<>();
  private final Batcher<String, String> batcher =
      new Batcher<>(this::run, question -> question.charAt(0), 3, 4);

  private Future<List<String>> run(List<String> batch) {
    batches.add(batch);
    Promise<List<String>> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }

  @Test
  @DisplayName("The first goes at once; while it runs the next batch fills, and keeps its order")
  void fills() {
    Future<String> first = batcher.ask("a");
    List<Future<String>> next =
        List.of(batcher.ask("b"), batcher.ask("c"), batcher.ask("d"), batcher.ask("e"));
    assertThat(batches).containsExactly(List.of("a"));

    answers.get(0).complete(List.of("A"));
    assertThat(first.result()).isEqualTo("A");
    assertThat(batches.get(1)).containsExactly("b", "c", "d");
    answers.get(1).complete(List.of("B", "C", "D"));
    answers.get(2).complete(List.of("E"));
    assertThat(next).extracting(Future::result).containsExactly("B", "C", "D", "E");
  }

  @Test
  @DisplayName("Two questions with one key are in different batches")
  void keys() {
    batcher.ask("a");
    batcher.ask("b1");
    batcher.ask("b2");
    batcher.ask("c");
    answers.get(0).complete(List.of("A"));

    assertThat(batches.get(1)).containsExactly("b1", "c");
    answers.get(1).complete(List.of("B1", "C"));
    assertThat(batches.get(2)).containsExactly("b2");
  }

  @Test
  @DisplayName("More than may wait are refused as overloaded")
  void bounded() {
    batcher.ask("a");
    for (int i = 0; i < 4; i++) {
      batcher.ask("w" + i);
    }
    assertThat(((SkeinException) batcher.ask("x").cause()).code()).isEqualTo(ErrorCode.OVERLOADED);
  }

  @Test
  @DisplayName("One poisoned question does not fail those that travel with it")
  void poison() {
    batcher.ask("a");
    Future<String> good = batcher.ask("b");
    Future<String> bad = batcher.ask("c");
    answers.get(0).complete(List.of("A"));
    answers.get(1).fail(new IllegalStateException("poison"));
    answers.get(2).complete(List.of("B"));
    answers.get(3).fail(new IllegalStateException("poison"));

    assertThat(good.result()).isEqualTo("B");
    assertThat(bad.cause()).hasMessage("poison");
    assertThat(batcher.ask("d").isComplete()).isFalse();
    assertThat(batches.getLast()).containsExactly("d");
  }

  @Test
  @DisplayName("A store that cannot be reached fails the batch, without asking it for each")
  void unavailable() {
    batcher.ask("a");
    Future<String> one = batcher.ask("b");
    Future<String> other = batcher.ask("c");
    answers.get(0).complete(List.of("A"));
    answers.get(1).fail(new SkeinException(ErrorCode.UNAVAILABLE, "no"));

    assertThat(one.failed()).isTrue();
    assertThat(other.failed()).isTrue();
    assertThat(batches).hasSize(2);
  }
}
