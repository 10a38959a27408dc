package io.skein.message;

import static io.skein.message.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.Appended.Fresh;
import io.skein.message.Outbox.Pending;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Delivery and the outbox")
class DeliveryTest {
  private static final String ALICE = "alice";
  private static final String BOB = "bob";
  private static final String CAROL = "carol";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @RegisterExtension final EventLoop loop = new EventLoop();

  private final MemoryStores stores = MemoryStores.fresh();
  private final Given given = new Given(stores);
  private final RecordingFanout fanout = new RecordingFanout();
  private final RecordingBroadcast broadcast = new RecordingBroadcast();
  private final SlowMembers lookups = new SlowMembers(stores.conversations());
  private final AtomicLong now = new AtomicLong();
  private final UUID boot = UUID.randomUUID();
  private OutboxRows rows;
  private Deliverer deliverer;
  private OutboxSweeper sweeper;
  private Appender appender;
  private UUID trip;

  @BeforeEach
  void open() {
    trip = given.group(ALICE, BOB, CAROL);
    Given.get(stores.outbox().done(pendingIds(), List.of()));
    MemberCache members = new MemberCache(lookups, 3, 100);
    rows = new OutboxRows(stores.outbox(), 2);
    deliverer = new Deliverer(members, fanout, broadcast, rows);
    Redelivery redelivery =
        new Redelivery(stores.outbox(), stores.entries(), members, deliverer, rows, boot);
    sweeper = new OutboxSweeper(stores.outbox(), redelivery, PATIENCE, now::get);
    appender =
        new Appender(
            loop.vertx(),
            stores.entries(),
            boot,
            new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1)),
            UUID::randomUUID,
            new Random(1));
  }

  @Test
  @DisplayName("An entry goes to all members at once, then its outbox row is done")
  void delivers() throws Exception {
    deliver(append(text(trip, ALICE, "hi")));
    Delivery delivery = fanout.all().getFirst();
    assertThat(delivery.getRecipientsList()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
    assertThat(delivery.getSeq()).isEqualTo(2);
    assertThat(delivery.getSender()).isEqualTo(ALICE);
    var entry = Event.parseFrom(delivery.getEvent()).getEntry();
    assertThat(entry.getText().getBody()).isEqualTo("hi");
    assertThat(entry.getConversationId()).isEqualTo(trip.toString());
    assertThat(pendingIds()).isEmpty();
    assertThat(rows.underWay()).isZero();
  }

  @Test
  @DisplayName(
      "Nothing above a removal goes to the removed, also when the list was remembered before")
  void sparesTheRemoved() {
    deliver(append(text(trip, ALICE, "before")));
    stores.remove(trip, BOB);
    deliver(append(text(trip, ALICE, "after")));
    assertThat(fanout.all().get(0).getRecipientsList()).contains(BOB);
    assertThat(fanout.all().get(1).getRecipientsList()).containsExactlyInAnyOrder(ALICE, CAROL);
  }

  @Test
  @DisplayName("What could not be delivered stays in the outbox and is found again after a while")
  void triesAgainFromTheOutbox() {
    fanout.failing = true;
    deliver(append(text(trip, ALICE, "hi")));
    assertThat(pendingIds()).hasSize(1);

    fanout.failing = false;
    sweep();
    assertThat(fanout.all()).isEmpty();
    now.addAndGet(PATIENCE.toNanos());
    sweep();
    assertThat(fanout.all()).hasSize(1);
    assertThat(pendingIds()).isEmpty();
  }

  @Test
  @DisplayName("A survivor delivers what a dead process had committed, in the order of its seqs")
  void takesOverFromTheDead() {
    UUID dead = UUID.randomUUID();
    Given.get(
        stores
            .entries()
            .append(
                new Batch(
                    UUID.randomUUID(),
                    dead,
                    List.of(
                        text(trip, ALICE, "1"), text(trip, BOB, "2"), text(trip, ALICE, "3")))));
    sweep();
    now.addAndGet(PATIENCE.toNanos() - 1);
    sweep();
    assertThat(fanout.all()).isEmpty();
    now.addAndGet(1);
    sweep();
    assertThat(fanout.all()).extracting(Delivery::getSeq).containsExactly(2, 3, 4);
    assertThat(pendingIds()).isEmpty();
  }

  @Test
  @DisplayName("A row that moves on is left to the one who moves it")
  void leavesTheLivingAlone() {
    UUID other = UUID.randomUUID();
    UUID batch = UUID.randomUUID();
    Given.get(stores.entries().append(new Batch(batch, other, List.of(text(trip, ALICE, "1")))));
    sweep();
    UUID third = UUID.randomUUID();
    Given.get(stores.outbox().claim(third, List.of(new Pending(batch, other))));
    now.addAndGet(PATIENCE.toNanos());
    sweep();
    assertThat(fanout.all()).isEmpty();
  }

  @Test
  @DisplayName("What is still under way here is not delivered a second time")
  void waitsForItself() {
    fanout.hold = true;
    leave(text(trip, ALICE, "slow"));
    sweep();
    now.addAndGet(PATIENCE.toNanos());
    sweep();
    assertThat(fanout.calls).hasSize(1);
    assertThat(sweeper.pending()).isEqualTo(1);
  }

  @Test
  @DisplayName("Too many deliveries at once wait in the outbox, not in memory")
  void boundsDeliveries() {
    fanout.hold = true;
    for (int i = 0; i < 4; i++) {
      leave(text(trip, ALICE, "n" + i));
    }
    assertThat(fanout.calls).hasSize(2);
    assertThat(rows.underWay()).isEqualTo(2);
    assertThat(pendingIds()).hasSize(4);
  }

  @Test
  @DisplayName("A batch that is ready waits for one before it whose members are still looked up")
  void keepsTheOrder() {
    UUID unknown = given.group(ALICE, BOB);
    deliver(append(text(trip, ALICE, "known by now")));
    lookups.hold = true;
    Appended first = append(text(trip, ALICE, "1"), text(unknown, ALICE, "other"));
    Appended second = append(text(trip, ALICE, "2"));
    fanout.calls.clear();
    start(first);
    start(second);
    assertThat(fanout.calls).isEmpty();

    loop.run(
        () -> {
          lookups.release();
          return Future.succeededFuture();
        });
    assertThat(fanout.all())
        .filteredOn(delivery -> delivery.getConversationId().equals(trip.toString()))
        .extracting(Delivery::getSeq)
        .containsExactly(3, 4);
  }

  @Test
  @DisplayName("An entry of a large conversation goes to all gateways, and the absent are noted")
  void broadcastsToMany() throws Exception {
    UUID fair = given.group(ALICE, BOB, CAROL, "dave");
    deliver(append(text(fair, ALICE, "hi all"), text(trip, ALICE, "hi")));
    Broadcast sent = broadcast.all.getFirst();
    assertThat(Event.parseFrom(sent.getEvent()).getEntry().getText().getBody()).isEqualTo("hi all");
    assertThat(sent.getConversationId()).isEqualTo(fair.toString());
    assertThat(sent.getSeq()).isEqualTo(2);
    assertThat(sent.getMembersSeq()).isEqualTo(membersSeq(fair));
    assertThat(fanout.all()).extracting(Delivery::getConversationId).containsExactly(trip + "");
    assertThat(stores.store().wakeups.values()).containsExactly(new Outbox.Wakeup(fair, 2, ALICE));
    assertThat(pendingIds()).doesNotContainAnyElementsOf(stores.store().wakeups.keySet());
  }

  @Test
  @DisplayName("A member who leaves a large conversation makes gateways ask anew")
  void broadcastsTheNewVersion() {
    UUID fair = given.group(ALICE, BOB, CAROL, "dave");
    deliver(append(text(fair, ALICE, "before")));
    stores.remove(fair, BOB);
    deliver(append(text(fair, ALICE, "after")));
    assertThat(broadcast.all)
        .extracting(Broadcast::getMembersSeq)
        .containsExactly(membersSeq(fair) - 1, membersSeq(fair));
  }

  @Test
  @DisplayName("What a gateway did not take stays in the outbox, and nobody is looked for yet")
  void keepsWhatWasNotTaken() {
    UUID fair = given.group(ALICE, BOB, CAROL, "dave");
    Given.get(stores.outbox().done(pendingIds(), List.of()));
    broadcast.failing = true;
    deliver(append(text(fair, ALICE, "hi")));
    assertThat(pendingIds()).hasSize(1);
    assertThat(stores.store().wakeups).isEmpty();
    assertThat(rows.underWay()).isZero();
  }

  private int membersSeq(UUID conversation) {
    return Given.get(stores.conversations().members(conversation, 1)).orElseThrow().version();
  }

  private Appended append(Draft... drafts) {
    return loop.run(() -> appender.append(List.of(drafts)));
  }

  private void leave(Draft draft) {
    start(append(draft));
  }

  private void start(Appended appended) {
    loop.run(
        () -> {
          deliverer.deliver(appended.fresh(), appended.batchIds());
          return Future.succeededFuture();
        });
  }

  private void deliver(Appended appended) {
    List<Fresh> fresh = appended.fresh();
    loop.run(() -> deliverer.deliver(fresh, appended.batchIds()).otherwiseEmpty());
  }

  private void sweep() {
    loop.run(() -> sweeper.sweep());
  }

  private List<UUID> pendingIds() {
    return Given.get(stores.outbox().pending(100)).stream().map(Pending::batchId).toList();
  }

  private static final class RecordingFanout implements Fanout {
    private final List<List<Delivery>> calls = new ArrayList<>();
    private boolean failing;
    private boolean hold;

    @Override
    public Future<Void> deliver(List<Delivery> deliveries) {
      if (failing) {
        return Future.failedFuture("no session instance");
      }
      calls.add(deliveries);
      return hold ? Promise.<Void>promise().future() : Future.succeededFuture();
    }

    List<Delivery> all() {
      return calls.stream().flatMap(List::stream).toList();
    }
  }

  private static final class RecordingBroadcast implements Broadcaster {
    private final List<Broadcast> all = new ArrayList<>();
    private boolean failing;

    @Override
    public Future<Void> broadcast(List<Broadcast> broadcasts) {
      if (failing && !broadcasts.isEmpty()) {
        return Future.failedFuture("a gateway does not answer");
      }
      all.addAll(broadcasts);
      return Future.succeededFuture();
    }
  }

  /** Look-ups of members that take as long as the test wants. */
  private static final class SlowMembers implements MemberLookup {
    private final ConversationStore real;
    private final Promise<Void> gate = Promise.promise();
    private boolean hold;

    SlowMembers(ConversationStore real) {
      this.real = real;
    }

    @Override
    public Future<Optional<Members>> members(UUID conversationId, int most) {
      Future<Void> open = hold ? gate.future() : Future.succeededFuture();
      return open.compose(now -> real.members(conversationId, most));
    }

    void release() {
      gate.complete();
    }
  }
}
