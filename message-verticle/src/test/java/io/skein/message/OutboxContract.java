package io.skein.message;

import static io.skein.message.Given.BOOT;
import static io.skein.message.Given.get;
import static io.skein.message.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.Outbox.EntryRef;
import io.skein.message.Outbox.Pending;
import io.skein.message.Outbox.Span;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every outbox does. */
abstract class OutboxContract extends StoreContract {
  @Test
  @DisplayName("A batch leaves one row with what it appended, until it is done")
  void remembersBatches() {
    UUID one = given.group(alice);
    UUID two = given.group(alice);
    given.append(text(one, alice, "0"));
    UUID batch = UUID.randomUUID();
    get(
        stores
            .entries()
            .append(
                new Batch(
                    batch,
                    BOOT,
                    List.of(text(one, alice, "1"), text(two, alice, "2"), text(one, alice, "3")))));

    UUID survivor = UUID.randomUUID();
    var claimed = get(stores.outbox().claim(survivor, List.of(new Pending(batch, BOOT))));
    assertThat(claimed).hasSize(1);
    assertThat(claimed.getFirst().spans())
        .containsExactlyInAnyOrder(new Span(one, 3, 4), new Span(two, 2, 2));
    assertThat(get(stores.entries().entries(one, 3, 4)))
        .extracting(Given::bodyOf)
        .containsExactly("1", "3");

    get(stores.outbox().done(List.of(batch), List.of()));
    assertThat(pendingIds()).doesNotContain(batch);
  }

  @Test
  @DisplayName("A batch that appended nothing leaves no row")
  void remembersNothingForNothing() {
    UUID trip = given.group(alice);
    Draft draft = text(trip, alice, "once");
    given.append(draft);
    UUID batch = UUID.randomUUID();
    get(stores.entries().append(new Batch(batch, BOOT, List.of(draft))));
    assertThat(pendingIds()).doesNotContain(batch);
  }

  @Test
  @DisplayName("A row that is not done is found by any entry that it holds, and by no other")
  void findsRowsByEntry() {
    UUID one = given.group(alice);
    UUID two = given.group(alice);
    UUID batch = UUID.randomUUID();
    get(
        stores
            .entries()
            .append(
                new Batch(
                    batch,
                    BOOT,
                    List.of(text(one, alice, "1"), text(two, alice, "2"), text(one, alice, "3")))));
    given.append(text(one, alice, "4"));
    assertThat(pendingWith(new EntryRef(one, 3))).containsExactly(new Pending(batch, BOOT));
    assertThat(pendingWith(new EntryRef(two, 2), new EntryRef(one, 2)))
        .containsExactly(new Pending(batch, BOOT));
    assertThat(pendingWith(new EntryRef(two, 3), new EntryRef(UUID.randomUUID(), 2))).isEmpty();
    assertThat(pendingWith(new EntryRef(one, 4)))
        .hasSize(1)
        .doesNotContain(new Pending(batch, BOOT));

    get(stores.outbox().done(List.of(batch), List.of()));
    assertThat(pendingWith(new EntryRef(one, 3))).isEmpty();
  }

  private List<Pending> pendingWith(EntryRef... entries) {
    return get(stores.outbox().pendingWith(List.of(entries)));
  }

  @Test
  @DisplayName("A row that has changed hands or is done cannot be claimed")
  void claimsOnce() {
    UUID trip = given.group(alice);
    UUID batch = UUID.randomUUID();
    get(stores.entries().append(new Batch(batch, BOOT, List.of(text(trip, alice, "1")))));
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    Pending seen = new Pending(batch, BOOT);
    assertThat(get(stores.outbox().claim(first, List.of(seen)))).hasSize(1);
    assertThat(get(stores.outbox().claim(second, List.of(seen)))).isEmpty();
    assertThat(get(stores.outbox().pending(100_000))).contains(new Pending(batch, first));
    get(stores.outbox().done(List.of(batch), List.of()));
    assertThat(get(stores.outbox().claim(second, List.of(new Pending(batch, first))))).isEmpty();
  }

  @Test
  @DisplayName("Only rows done long enough ago are removed")
  void removesOldRows() {
    UUID trip = given.group(alice);
    UUID open = UUID.randomUUID();
    UUID done = UUID.randomUUID();
    get(stores.entries().append(new Batch(open, BOOT, List.of(text(trip, alice, "1")))));
    get(stores.entries().append(new Batch(done, BOOT, List.of(text(trip, alice, "2")))));
    get(stores.outbox().done(List.of(done), List.of()));
    assertThat(get(stores.outbox().removeDone(Duration.ofHours(1), 100))).isZero();
    assertThat(get(stores.outbox().removeDone(Duration.ofMillis(-1000), 100))).isPositive();
    assertThat(pendingIds()).contains(open);
  }

  @Test
  @DisplayName("When the sessions' store has lost its memory, what was done is pending again, once")
  void replays() {
    UUID trip = given.group(alice);
    UUID batch = UUID.randomUUID();
    String after = "after " + batch;
    get(stores.outbox().replay("before " + batch, 100_000));
    get(stores.entries().append(new Batch(batch, BOOT, List.of(text(trip, alice, "1")))));
    get(stores.outbox().done(List.of(batch), List.of()));
    assertThat(get(stores.outbox().replay("before " + batch, 100_000))).isZero();
    assertThat(pendingIds()).doesNotContain(batch);

    assertThat(get(stores.outbox().replay(after, 100_000))).isPositive();
    assertThat(pendingIds()).contains(batch);
    get(stores.outbox().done(List.of(batch), List.of()));
    assertThat(get(stores.outbox().replay(after, 100_000))).as("others notice it, too").isZero();
    assertThat(pendingIds()).doesNotContain(batch);
  }

  private List<UUID> pendingIds() {
    return get(stores.outbox().pending(100_000)).stream().map(Pending::batchId).toList();
  }
}
