package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Totals")
class TotalsTest {
  private final HeldStore store = new HeldStore();
  private final Totals totals = new Totals(store);

  @Test
  @DisplayName("asked for while a question is under way are read by the next one, together")
  void togetherAfterwards() {
    Future<Integer> first = totals.of("alice");
    List<Future<Integer>> later =
        List.of(totals.of("alice"), totals.of("bob"), totals.of("alice"), totals.of("bob"));
    assertThat(store.asked).containsExactly(Set.of("alice"));

    store.answer(7);
    assertThat(first.result()).isEqualTo(7);
    assertThat(later).noneMatch(Future::isComplete);
    assertThat(store.asked).containsExactly(Set.of("alice"), Set.of("alice", "bob"));

    store.answer(5);
    assertThat(later).extracting(Future::result).containsOnly(5);
    assertThat(store.asked).hasSize(2);
  }

  @Test
  @DisplayName("that cannot be read fail those who asked, and the next question is asked")
  void goesOn() {
    Future<Integer> first = totals.of("alice");
    Future<Integer> second = totals.of("bob");
    store.fail();
    assertThat(first.failed()).isTrue();
    store.answer(3);
    assertThat(second.result()).isEqualTo(3);
  }

  @Test
  @DisplayName("of very many users are read in questions of a bounded size")
  void bounded() {
    List<Future<Integer>> all =
        IntStream.range(0, 2 * Totals.MOST).mapToObj(i -> totals.of("u" + i)).toList();
    for (int i = 0; i < 3; i++) {
      store.answer(1);
    }
    assertThat(all).allMatch(Future::succeeded);
    assertThat(store.asked).extracting(Set::size).containsExactly(1, Totals.MOST, Totals.MOST - 1);
  }

  /** Answers when the test says. */
  private static final class HeldStore implements MarkStore {
    private final List<Set<String>> asked = new ArrayList<>();
    private Promise<Map<String, Integer>> held;

    @Override
    public Future<Map<String, Integer>> totalUnread(Collection<String> userIds) {
      asked.add(Set.copyOf(userIds));
      held = Promise.promise();
      return held.future();
    }

    void answer(int total) {
      Map<String, Integer> totals = new HashMap<>();
      asked.getLast().forEach(user -> totals.put(user, total));
      held.complete(totals);
    }

    void fail() {
      held.fail("away");
    }

    @Override
    public Future<List<MarkResult>> read(List<NewMark> marks) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<MarkResult>> delivered(List<NewMark> marks) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<List<DeviceMark>>> devices(Place place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<UnreadView>> unread(List<Place> places) {
      throw new UnsupportedOperationException();
    }
  }
}
