package io.skein.message;

import static io.skein.message.Given.marked;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.message.retention.Retention;
import io.skein.message.retention.RetentionSweeper;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.RetainedReply;
import io.skein.protocol.v1.RetainedRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Entries that are kept for some time only")
class PgRetentionIT {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Retention GROUPS = new Retention(Duration.ZERO, MONTH, Duration.ZERO);

  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private Given given;
  private UUID trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    given = new Given(behind);
    trip = given.group("alice", "bob", "carol");
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private SendRequest.Builder request(UUID to, String text) {
    return toConversation(to.toString(), text).toBuilder();
  }

  private int send(String from, SendRequest.Builder request) {
    return Given.get(here.send(from, request.build())).getSeq();
  }

  private int say(UUID in, String from, String text) {
    return send(from, request(in, text));
  }

  /** Makes what was sent up to here a month old. */
  private void age(UUID conversation, int upTo) {
    behind.execute(
        "UPDATE message.entry SET sent_at = sent_at - interval '30 days 1 second'"
            + " WHERE conversation_id = '%s' AND seq <= %d".formatted(conversation, upTo));
  }

  private int sweep(Retention retention) {
    return sweep(here.retention(retention));
  }

  private int sweep(RetentionSweeper sweeper) {
    return loop.run(sweeper::sweep);
  }

  /** Rows that belong to entries of the conversation up to this one. */
  private long stored(UUID conversation, int upTo) {
    return List.of("entry", "entry_state", "reaction", "mention", "search", "expiry").stream()
        .mapToLong(
            table ->
                behind.number(
                    "SELECT count(*) FROM message.%s WHERE conversation_id = '%s' AND seq <= %d"
                        .formatted(table, conversation, upTo)))
        .sum();
  }

  @Test
  @DisplayName("Are removed with all that belongs to them; what is younger stays, without gaps")
  void removes() {
    int old =
        send(
            "alice",
            request(trip, "old")
                .setContext(
                    EntryContext.newBuilder()
                        .addMentions("bob")
                        .setExpiresAfterSeconds(86_400 * 365)));
    send("alice", request(trip, "").setPin(Pin.newBuilder().setSeq(old)));
    send("bob", request(trip, "").setReaction(Reaction.newBuilder().setSeq(old).setKey("+1")));
    Edit edit = Edit.newBuilder().setSeq(old).setText(Text.newBuilder().setBody("older")).build();
    int last = send("alice", request(trip, "").setEdit(edit));
    int young = say(trip, "alice", "young");
    here.index(behind);
    assertThat(stored(trip, last)).isGreaterThanOrEqualTo(4 + 1 + 1 + 1 + 1 + 1);
    age(trip, last);

    assertThat(sweep(GROUPS)).isEqualTo(last);
    assertThat(stored(trip, last)).isZero();
    assertThat(given.seqs(trip, "bob")).containsExactly(young);
    assertThat(say(trip, "bob", "next")).isEqualTo(young + 1);
    assertThat(refusal("bob", request(trip, "").setPin(Pin.newBuilder().setSeq(old))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            refusal(
                "bob",
                request(trip, "ah").setContext(EntryContext.newBuilder().setReplyToSeq(old))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(sweep(GROUPS)).isZero();
  }

  private ErrorCode refusal(String from, SendRequest.Builder request) {
    return Given.refusal(here.send(from, request.build()));
  }

  @Test
  @DisplayName("Are kept for ever where their kind has no time, and so are retained values")
  void byKind() {
    SendReply direct = Given.get(here.send("alice", toUser("bob", "old")));
    UUID pair = UUID.fromString(direct.getConversationId());
    int value =
        send(
            "alice",
            request(trip, "")
                .setRetained(
                    Retained.newBuilder()
                        .setKey("topic")
                        .setCustom(Custom.newBuilder().setType("t"))));
    age(pair, direct.getSeq());
    age(trip, value);

    assertThat(sweep(Retention.FOR_EVER)).isZero();
    assertThat(sweep(GROUPS)).isEqualTo(value);
    assertThat(given.seqs(trip, "bob")).isEmpty();
    assertThat(given.seqs(pair, "bob")).hasSize(1);
    RetainedRequest all = RetainedRequest.newBuilder().setConversationId(trip.toString()).build();
    RetainedReply reply = (RetainedReply) Given.get(here.call("messages.retained", "bob", all));
    assertThat(reply.getEntriesCount()).isEqualTo(1);

    assertThat(sweep(new Retention(MONTH, Duration.ZERO, MONTH))).isEqualTo(1);
    assertThat(given.seqs(pair, "bob")).isEmpty();
    assertThat(Given.get(here.send("bob", toUser("alice", "new"))).getSeq()).isEqualTo(2);
  }

  @Test
  @DisplayName("Change no unread count, and the marks stay exact after they have gone")
  void unread() {
    UUID whole = given.group("alice", "bob", "carol");
    for (UUID each : List.of(trip, whole)) {
      given.read(each, "bob", 3);
      for (int i = 0; i < 20; i++) {
        say(each, i % 3 == 0 ? "bob" : "alice", "m" + i);
      }
    }
    age(trip, 6);
    int before = given.unread(trip, "bob");
    assertThat(sweep(GROUPS)).isEqualTo(6);
    assertThat(given.unread(trip, "bob")).isEqualTo(before).isEqualTo(given.unread(whole, "bob"));

    assertThat(given.read(trip, "bob", 4)).satisfies(marked(1, 1, before, false));
    for (int seq = 7; seq <= 21; seq++) {
      given.read(trip, "bob", seq);
      given.read(whole, "bob", seq);
      assertThat(given.unread(trip, "bob"))
          .as("read up to %d", seq)
          .isEqualTo(given.unread(whole, "bob"));
    }
    assertThat(given.unread(trip, "bob")).isZero();
  }

  @Test
  @DisplayName("Go a thousand at a time, and those of a locked conversation with the next walk")
  void bounded() {
    Given.get(
        Future.join(
            IntStream.range(0, 2_500)
                .mapToObj(i -> here.send("alice", request(trip, "x").build()))
                .toList()));
    age(trip, 2_400);
    long first =
        behind.number("SELECT removed FROM message.retain_v1(null, 10, '{2}', '{2592000}', 1000)");
    assertThat(first).as("in one transaction, which was not committed").isEqualTo(1000);

    RetentionSweeper walk = here.retention(GROUPS);
    try (Stores.Lock held = behind.lock(trip)) {
      assertThat(sweep(walk)).isZero();
    }
    AtomicInteger removed = new AtomicInteger();
    await() // The server lets go of a closed connection's lock when it sees that it is closed.
        .untilAsserted(() -> assertThat(removed.addAndGet(sweep(walk))).isEqualTo(2_400));
    assertThat(given.seqs(trip, "bob").getFirst()).isEqualTo(2_401);
  }

  @Test
  @DisplayName("Are found however many conversations there are")
  void walksAll() {
    List<UUID> groups = IntStream.range(0, 250).mapToObj(i -> given.group("alice", "bob")).toList();
    groups.forEach(group -> age(group, 1));
    RetentionSweeper walk = here.retention(GROUPS);
    int removed = 0;
    for (int i = 0; i < 10; i++) {
      removed += sweep(walk);
    }
    assertThat(removed).isEqualTo(250);
  }

  @Test
  @DisplayName("Are kept for a day at least: that long a repeated send is known")
  void bounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(Duration.ofHours(23), MONTH, MONTH));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(MONTH, MONTH, Duration.ofDays(-1)));
  }
}
