package io.skein.message;

import static io.skein.message.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.Outbox.EntryRef;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Appending through failures")
class AppenderTest {
  private static final String ALICE = "alice";
  private static final String POISON = "poison";

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final MemoryStores stores = MemoryStores.fresh();
  private final Given given = new Given(stores);
  private final ScriptedStore store = new ScriptedStore(stores.entries());
  private Appender appender;
  private UUID trip;

  @BeforeEach
  void open() {
    trip = given.group(ALICE, "bob");
    Backoff backoff = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(2));
    appender =
        new Appender(loop.vertx(), store, Given.BOOT, backoff, UUID::randomUUID, new Random(1));
  }

  @Test
  @DisplayName(
      "One poisoned message among 255 good ones fails alone, and the others keep their order")
  void isolatesPoison() {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      drafts.add(text(trip, ALICE, i == 100 ? POISON : "good " + i));
    }
    store.failBefore(batch -> holdsPoison(batch) ? failure("22021") : Optional.empty());

    Appended appended = append(drafts);
    assertThat(appended.outcomes()).hasSize(256);
    assertThat(appended.outcomes().get(100)).isEqualTo(Outcome.Refused.INVALID);
    assertThat(appended.outcomes())
        .filteredOn(outcome -> outcome instanceof Outcome.Stored)
        .extracting(outcome -> ((Outcome.Stored) outcome).seq())
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 256).boxed().toList());
    assertThat(appended.fresh()).hasSize(255);
    assertThat(store.batches()).hasSizeLessThan(20);
  }

  @Test
  @DisplayName("What the first half found locked waits in the second half, too, to keep its order")
  void keepsOrderBehindLocks() {
    UUID locked = given.group(ALICE, "carol");
    Stores.Lock lock = stores.lock(locked);
    List<Draft> drafts =
        List.of(
            text(locked, ALICE, "1"),
            text(trip, ALICE, "a"),
            text(trip, ALICE, POISON),
            text(locked, ALICE, "2"),
            text(trip, ALICE, "b"));
    store.failBefore(
        batch -> {
          if (batch.drafts().getFirst().equals(drafts.get(2))) {
            lock.close(); // between the halves
          }
          return holdsPoison(batch) ? failure("22021") : Optional.empty();
        });

    Appended appended = append(drafts);
    assertThat(appended.outcomes().get(0)).isEqualTo(new Outcome.Busy());
    assertThat(appended.outcomes().get(2)).isEqualTo(Outcome.Refused.INVALID);
    assertThat(appended.outcomes().get(3)).isEqualTo(new Outcome.Busy());
    assertThat(given.seqs(trip, ALICE)).containsExactly(1, 2, 3);
    assertThat(appended.outcomes().get(4)).isInstanceOf(Outcome.Stored.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "08006", "57P01", "53100", "25006"})
  @DisplayName("What passes is tried again, the whole batch, in its order")
  void retriesPassingFailures(String state) {
    AtomicInteger left = new AtomicInteger(2);
    store.failBefore(batch -> left.getAndDecrement() > 0 ? failure(state) : Optional.empty());
    Appended appended = append(List.of(text(trip, ALICE, "1"), text(trip, ALICE, "2")));
    assertThat(appended.outcomes())
        .extracting(outcome -> ((Outcome.Stored) outcome).seq())
        .containsExactly(2, 3);
    assertThat(store.batches()).hasSize(3);
  }

  @Test
  @DisplayName("After the last attempt it says that it may or may not have happened")
  void givesUp() {
    store.failBefore(batch -> Optional.of(new IOException("connection refused")));
    Appended appended = append(List.of(text(trip, ALICE, "1"), text(trip, ALICE, "2")));
    assertThat(appended.outcomes()).containsOnly(Outcome.Refused.UNAVAILABLE);
    assertThat(appended.fresh()).isEmpty();
    assertThat(store.batches()).hasSize(3);
  }

  @Test
  @DisplayName(
      "A commit whose answer was lost is found, not repeated, and its outbox row is asked for")
  void findsOutAboutLostAnswers() {
    AtomicInteger left = new AtomicInteger(1);
    store.failAfterwards(
        batch ->
            left.getAndDecrement() > 0 ? Optional.of(new IOException("reset")) : Optional.empty());
    Appended appended = append(List.of(text(trip, ALICE, "1"), text(trip, ALICE, "2")));

    assertThat(given.seqs(trip, ALICE)).containsExactly(1, 2, 3);
    assertThat(appended.outcomes())
        .extracting(outcome -> ((Outcome.Stored) outcome).seq())
        .containsExactly(2, 3);
    assertThat(appended.repeated()).containsExactly(new EntryRef(trip, 2), new EntryRef(trip, 3));
    assertThat(appended.batchIds()).isEmpty();
  }

  @Test
  @DisplayName("A duplicate is not delivered as if it were new, but its place is told")
  void tellsDuplicates() {
    Draft draft = text(trip, ALICE, "1");
    append(List.of(draft));
    Appended again = append(List.of(draft, text(trip, ALICE, "2")));
    assertThat(again.repeated()).containsExactly(new EntryRef(trip, 2));
    assertThat(again.fresh()).extracting(fresh -> fresh.entry().seq()).containsExactly(3);
  }

  @Test
  @DisplayName("A defect of ours is not tried again and again")
  void doesNotRepeatDefects() {
    store.failBefore(batch -> failure("42883"));
    assertThat(append(List.of(text(trip, ALICE, "1"))).outcomes())
        .containsExactly(Outcome.Refused.INTERNAL);
    assertThat(store.batches()).hasSize(1);
  }

  @Test
  @DisplayName("A defect of ours on this side of the connection is not blamed on the database")
  void tellsOwnDefects() {
    store.failBefore(batch -> Optional.of(new ClassCastException("made up")));
    assertThat(append(List.of(text(trip, ALICE, "1"))).outcomes())
        .containsExactly(Outcome.Refused.INTERNAL);
  }

  @Test
  @DisplayName("What an attempt without an answer may have stored is not refused for good")
  void staysRetryableAfterLostAnswers() {
    AtomicInteger attempts = new AtomicInteger();
    store.failBefore(
        batch ->
            attempts.getAndIncrement() == 0
                ? Optional.of(new IOException("reset"))
                : failure("42883"));
    assertThat(append(List.of(text(trip, ALICE, "1"), text(trip, ALICE, "2"))).outcomes())
        .containsOnly(Outcome.Refused.UNAVAILABLE);
  }

  private Appended append(List<Draft> drafts) {
    return loop.run(() -> appender.append(drafts));
  }

  private static boolean holdsPoison(Batch batch) {
    return batch.drafts().stream()
        .anyMatch(draft -> Given.bodyOf(draft.content().body()).equals(POISON));
  }

  private static Optional<Throwable> failure(String state) {
    return Optional.of(new PgException("made up", "ERROR", state, ""));
  }
}
