package io.skein.message;

import static io.skein.message.Given.BOOT;
import static io.skein.message.Given.direct;
import static io.skein.message.Given.get;
import static io.skein.message.Given.marked;
import static io.skein.message.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.ConversationStore.SyncPage;
import io.skein.message.MarkStore.DeviceMark;
import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.NewMark;
import io.skein.message.MarkStore.Place;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Transactions that run at the same moment")
class PgConcurrencyIT {
  private static final int INSTANCES = 4;

  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  private final String alice = "alice-" + UUID.randomUUID();
  private final String bob = "bob-" + UUID.randomUUID();

  private PgStores stores;
  private Given given;

  @BeforeEach
  void takeStores() {
    stores = DATABASE.stores();
    given = new Given(stores);
  }

  @Test
  @DisplayName("A sync never skips what was uncommitted while it was read, however late it commits")
  void syncSkipsNothing() {
    UUID slow = given.group(alice, bob);
    UUID quick = given.group(alice, bob);
    long start = sync(0).horizon();

    SyncPage during;
    try (var open = stores.begin()) {
      open.execute(appendSql(slow, bob)); // has its transaction id, and is not committed
      given.sent(quick, bob); // a later transaction that commits first
      during = sync(start);
      assertThat(ids(during)).contains(quick).doesNotContain(slow);
      given.sent(quick, bob);
      open.commit();
    }
    assertThat(ids(sync(during.horizon()))).contains(slow, quick);
  }

  @Test
  @DisplayName("What commits between the pages of a sync is found from the first page's horizon on")
  void pagesSkipNothing() {
    List<UUID> groups = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      groups.addFirst(given.group(alice, bob));
      given.sent(groups.getFirst(), bob);
    }
    SyncPage first = get(stores.conversations().sync(alice, 0, Optional.empty(), 2));
    given.sent(groups.getLast(), bob); // moves from the second page to the front
    SyncPage second =
        get(
            stores
                .conversations()
                .sync(alice, 0, Optional.of(first.conversations().getLast().position()), 2));
    assertThat(ids(second)).doesNotContain(groups.getLast());
    assertThat(ids(sync(first.horizon()))).contains(groups.getLast());
  }

  @Test
  @DisplayName("The same message given to several instances at once stands there once")
  void appendsOnceFromSeveralInstances() {
    for (int round = 0; round < 50; round++) {
      Draft draft = direct(alice, bob + round);
      List<Outcome.Stored> stored = untilStored(draft);
      assertThat(stored).extracting(Outcome.Stored::seq).containsOnly(1);
      assertThat(stored).filteredOn(outcome -> !outcome.duplicate()).hasSize(1);
      assertThat(given.seqs(draft.conversationId(), alice)).containsExactly(1);
    }
  }

  /** Gives the draft to all instances at once, and again to those that found it locked. */
  private List<Outcome.Stored> untilStored(Draft draft) {
    List<Outcome.Stored> stored = new ArrayList<>();
    while (stored.size() < INSTANCES) {
      var answers =
          IntStream.range(stored.size(), INSTANCES).mapToObj(i -> append(List.of(draft))).toList();
      for (Future<List<Outcome>> answer : answers) {
        if (get(answer).getFirst() instanceof Outcome.Stored done) {
          stored.add(done);
        }
      }
    }
    return stored;
  }

  @Test
  @DisplayName(
      "Gateways confirm for devices of the same members in any order, and none is in another's way")
  void confirmsFromSeveralGateways() {
    List<UUID> trips = IntStream.range(0, 20).mapToObj(i -> given.group(alice, bob)).toList();
    int last = 25;
    for (UUID trip : trips) {
      IntStream.range(1, last).forEach(i -> given.sent(trip, alice));
    }
    List<Future<?>> gateways = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      gateways.add(confirm(i % 2 == 0 ? trips : trips.reversed(), "device-" + i / 2, 1, last));
    }
    get(Future.all(gateways));
    for (UUID trip : trips) {
      assertThat(get(stores.marks().devices(new Place(trip, bob))).orElseThrow())
          .containsExactly(
              new DeviceMark("device-0", last, last), new DeviceMark("device-1", last, last));
    }
  }

  @Test
  @DisplayName("A mark of a device waits for nobody who is about to write the same one")
  void waitsForNoDevice() {
    UUID trip = given.group(alice, bob);
    List<NewMark> marks = List.of(new NewMark(new Place(trip, bob), 1, Map.of("phone", 1)));
    try (var open = stores.begin()) {
      String where = "conversation_id = '%s' AND user_id = '%s'".formatted(trip, bob);
      open.execute("SELECT FROM message.member WHERE " + where + " FOR NO KEY UPDATE");
      open.execute(
          "INSERT INTO message.device_mark VALUES ('%s', '%s', 'phone', 1, 0, now())"
              .formatted(trip, bob));
      assertThat(get(stores.marks().delivered(marks))).allMatch(MarkResult::isBusy);
      assertThat(get(stores.marks().read(marks))).allMatch(MarkResult::isBusy);
      open.commit();
    }
    assertThat(get(stores.marks().read(marks))).noneMatch(MarkResult::isBusy);
    assertThat(get(stores.marks().devices(new Place(trip, bob))).orElseThrow())
        .containsExactly(new DeviceMark("phone", 1, 1));
  }

  /** Confirms and reads each seq in all conversations, until the last; again what was busy. */
  private Future<?> confirm(List<UUID> conversations, String device, int seq, int last) {
    if (seq > last) {
      return Future.succeededFuture();
    }
    List<NewMark> marks =
        conversations.stream()
            .map(id -> new NewMark(new Place(id, bob), seq, Map.of(device, seq)))
            .toList();
    Future<List<MarkResult>> moved =
        seq == last ? stores.marks().read(marks) : stores.marks().delivered(marks);
    return moved.compose(
        results ->
            confirm(
                conversations,
                device,
                results.stream().anyMatch(MarkResult::isBusy) ? seq : seq + 1,
                last));
  }

  @Test
  @DisplayName("While several instances append, whoever reads sees 1, 2, 3 … without a gap")
  void showsEntriesInOrder() {
    UUID trip = given.group(alice, bob);
    AtomicBoolean writing = new AtomicBoolean(true);
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      writers.add(write(trip, 60));
    }
    Future<?> all = Future.all(writers).onComplete(done -> writing.set(false));
    while (writing.get()) {
      List<Integer> seqs = given.seqs(trip, bob);
      assertThat(seqs).isEqualTo(IntStream.rangeClosed(1, seqs.size()).boxed().toList());
    }
    get(all);
    assertThat(given.seqs(trip, bob)).hasSize(1 + INSTANCES * 60 * 3);
    assertThat(given.history(trip, bob)).extracting(Entry::sentAt).isSorted();
    assertThat(given.unread(trip, bob)).isEqualTo(INSTANCES * 60 * 3);
  }

  /** Appends batches of three one after another, until that many have been stored. */
  private Future<?> write(UUID conversation, int batches) {
    if (batches == 0) {
      return Future.succeededFuture();
    }
    return append(
            List.of(
                text(conversation, alice, "a"),
                text(conversation, alice, "b"),
                text(conversation, alice, "c")))
        .compose(
            outcomes -> write(conversation, outcomes.getFirst().isBusy() ? batches : batches - 1));
  }

  @Test
  @DisplayName(
      "Many pairs that meet at many instances at once make their conversations without a deadlock")
  void makesConversationsWithoutDeadlock() {
    List<Draft> drafts = IntStream.range(0, 100).mapToObj(i -> direct(alice, bob + i)).toList();
    List<Future<List<Outcome>>> answers =
        List.of(
            append(drafts), append(drafts.reversed()), append(drafts), append(drafts.reversed()));
    answers.forEach(Given::get);
    assertThat(drafts)
        .allSatisfy(d -> assertThat(given.seqs(d.conversationId(), alice)).containsExactly(1));
  }

  @Test
  @DisplayName("When the database's clock goes back, the times of a conversation do not")
  void keepsTimesAscending() {
    UUID trip = given.group(alice, bob);
    stores.execute(
        "UPDATE message.conversation SET last_sent_at = now() + interval '1 hour' WHERE id = '%s'"
            .formatted(trip));
    Outcome.Stored stored = given.sent(trip, alice);
    assertThat(stored.sentAt()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
    assertThat(given.sent(trip, bob).sentAt()).isAfterOrEqualTo(stored.sentAt());
  }

  @Test
  @DisplayName("A read mark waits for no lock, and stays exact beside appends by the same member")
  void readsBesideAppends() {
    UUID trip = given.group(alice, bob);
    given.sent(trip, alice);
    given.sent(trip, bob);
    try (var open = stores.begin()) {
      open.execute(appendSql(trip, bob)); // holds bob's row
      assertThat(given.read(trip, bob, 2)).isInstanceOf(MarkResult.Busy.class);
      open.commit();
    }
    given.sent(trip, alice);
    assertThat(given.read(trip, bob, 2)).satisfies(marked(2, 2, 1, true));
    assertThat(given.read(trip, bob, 5)).satisfies(marked(5, 5, 0, true));
  }

  private Future<List<Outcome>> append(List<Draft> drafts) {
    return stores.entries().append(new Batch(UUID.randomUUID(), BOOT, drafts));
  }

  private SyncPage sync(long since) {
    return get(stores.conversations().sync(alice, since, Optional.empty(), 100));
  }

  private static Set<UUID> ids(SyncPage page) {
    return page.conversations().stream()
        .map(ConversationView::conversationId)
        .collect(Collectors.toSet());
  }

  private static String appendSql(UUID conversation, String sender) {
    return """
        SELECT message.append_v2(gen_random_uuid(), gen_random_uuid(), '{}', '{}', '{}',
          array['%s'::uuid], array[1], array['%s'], array[gen_random_uuid()], array[10::smallint],
          array[true], array['x'::bytea], array[null::bytea], array[null::integer],
          array[null::integer], array[null::text], array[null::boolean], array[null::smallint],
          array[null::bytea], '{}', '{}', array[null::uuid], array[0], 60, 60, 50, 20, 20)
        """
        .formatted(conversation, sender);
  }
}
