package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice, bob and carol. Time passes by changing what the database has written down. */
@DisplayName("Messages that do not stay, in Postgres")
class PgExpiryIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private Given given;
  private UUID tripId;
  private String trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    given = new Given(behind);
    tripId = given.group("alice", "bob", "carol");
    trip = tripId.toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private static EntryContext after(int seconds) {
    return EntryContext.newBuilder().setExpiresAfterSeconds(seconds).build();
  }

  private static EntryContext afterRead(int seconds) {
    return EntryContext.newBuilder().setExpiresAfterReadSeconds(seconds).build();
  }

  private SendRequest secret(EntryContext context) {
    return toConversation(trip, "secret").toBuilder().setContext(context).build();
  }

  private int send(String from, SendRequest request) {
    return Given.get(here.send(from, request)).getSeq();
  }

  private SendRequest.Builder change() {
    return toConversation(trip, "").toBuilder().clearContent();
  }

  private ErrorCode refusal(String from, SendRequest request) {
    return Given.refusal(here.send(from, request));
  }

  private void read(String user, int seq) {
    ReadRequest read = ReadRequest.newBuilder().setConversationId(trip).setSeq(seq).build();
    Given.<Message>get(here.call("conversations.read", user, read));
  }

  private List<Entry> history(String user) {
    HistoryRequest all = HistoryRequest.newBuilder().setConversationId(trip).setLimit(200).build();
    return ((HistoryReply) Given.get(here.call("messages.history", user, all))).getEntriesList();
  }

  private Entry entry(int seq) {
    return history("bob").get(seq - 1);
  }

  private void pass(String interval) {
    behind.execute(
        "UPDATE message.expiry SET look_at = look_at - interval '%1$s', due_at = due_at - interval '%1$s'"
            .formatted(interval));
  }

  private long storedSecrets() {
    return behind.number(
        "SELECT (SELECT count(*) FROM message.entry WHERE position('secret'::bytea IN body) > 0)"
            + " + (SELECT count(*) FROM message.entry_state"
            + "    WHERE position('secret'::bytea IN body) > 0)"
            + " + (SELECT count(*) FROM message.search WHERE tokens @@ 'secret'::tsquery)");
  }

  @Test
  @DisplayName("After its time a message is gone from storage, search and all devices")
  void afterTime() {
    int seq = send("alice", secret(after(60)));
    send(
        "alice",
        change()
            .setEdit(Edit.newBuilder().setSeq(seq).setText(Text.newBuilder().setBody("secret 2")))
            .build());
    send("bob", change().setReaction(Reaction.newBuilder().setSeq(seq).setKey("!")).build());
    here.index(behind);
    assertThat(storedSecrets()).isPositive();

    pass("59 seconds");
    assertThat(here.expire()).isZero();
    assertThat(entry(seq).getText().getBody()).isEqualTo("secret 2");
    pass("1 second");
    assertThat(here.expire()).isEqualTo(1);
    here.index(behind);

    assertThat(storedSecrets()).isZero();
    Entry gone = entry(seq);
    assertThat(gone.getContentCase()).isEqualTo(Entry.ContentCase.CONTENT_NOT_SET);
    assertThat(gone.getState().getRecalled()).isTrue();
    assertThat(gone.getState().getExpired()).isTrue();
    Entry recall = history("bob").getLast();
    assertThat(recall.getSender()).isEqualTo("alice");
    assertThat(recall.getRecall())
        .isEqualTo(Recall.newBuilder().setSeq(seq).setExpired(true).build());
    await().until(() -> here.deliveredSeqs().contains(recall.getSeq()));
    assertThat(behind.number("SELECT count(*) FROM message.expiry")).isZero();
    assertThat(here.expire()).isZero();
  }

  @Test
  @DisplayName("Burning starts when the last of the others has read, not before")
  void afterReading() {
    int seq = send("alice", secret(afterRead(30)));
    read("alice", seq);
    read("bob", seq);
    assertThat(here.expire()).isZero();
    pass("1 hour");
    assertThat(here.expire()).isZero();
    read("carol", seq);
    assertThat(here.expire()).isZero();
    pass("29 seconds");
    assertThat(here.expire()).isZero();
    assertThat(entry(seq).hasText()).isTrue();
    pass("1 second");
    assertThat(here.expire()).isEqualTo(1);
    assertThat(storedSecrets()).isZero();
  }

  @Test
  @DisplayName("Who leaves does not count any more, and is not waited for")
  void afterLeaving() {
    int seq = send("alice", secret(afterRead(0)));
    read("bob", seq);
    Given.<Message>get(
        here.call(
            "members.leave", "carol", LeaveRequest.newBuilder().setConversationId(trip).build()));
    pass("10 seconds");
    here.expire();
    assertThat(storedSecrets()).isZero();
  }

  @Test
  @DisplayName("Of both times the first that comes counts")
  void both() {
    EntryContext either = afterRead(10).toBuilder().setExpiresAfterSeconds(100).build();
    send("alice", secret(either));
    pass("99 seconds");
    assertThat(here.expire()).isZero();
    pass("1 second");
    assertThat(here.expire()).isEqualTo(1);

    int read = send("alice", secret(either));
    read("bob", read);
    read("carol", read);
    assertThat(here.expire()).isZero();
    pass("10 seconds");
    assertThat(here.expire()).isEqualTo(1);
  }

  @Test
  @DisplayName("What was recalled before its time is not recalled again")
  void recalledBefore() {
    int seq = send("alice", secret(after(1)));
    int recall = send("alice", change().setRecall(Recall.newBuilder().setSeq(seq)).build());
    pass("1 second");
    assertThat(here.expire()).isZero();
    assertThat(history("bob").getLast().getSeq()).isEqualTo(recall);
    assertThat(entry(seq).getState().getExpired()).isFalse();
    assertThat(behind.number("SELECT count(*) FROM message.expiry")).isZero();
  }

  @Test
  @DisplayName("An expired message takes no changes, and sent again it is still the same")
  void afterwards() {
    SendRequest request = secret(after(1));
    int seq = send("alice", request);
    pass("1 second");
    here.expire();
    assertThat(
            refusal(
                "bob", change().setReaction(Reaction.newBuilder().setSeq(seq).setKey("!")).build()))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(send("alice", request)).isEqualTo(seq);
    assertThat(behind.number("SELECT count(*) FROM message.expiry")).isZero();
  }

  @Test
  @DisplayName("Several that sweep at once recall each message once, also in a conversation in use")
  void together() {
    List<Integer> secrets =
        IntStream.range(0, 40).mapToObj(i -> send("alice", secret(after(1)))).toList();
    pass("1 second");
    try (PgServices there = new PgServices(loop, behind.address());
        PgStores.Transaction use = behind.begin()) {
      use.execute("SELECT FROM message.conversation WHERE id = '" + trip + "' FOR UPDATE");
      assertThat(here.expire() + there.expire()).isZero();
      use.close();
      pass("1 second");
      Future<Integer> one = loop.start(here.expiry()::sweep);
      Future<Integer> other = loop.start(there.expiry()::sweep);
      int recalled = Given.get(one) + Given.get(other);
      pass("1 second");
      recalled += here.expire();
      assertThat(recalled).isEqualTo(secrets.size());
    }
    assertThat(history("bob")).filteredOn(Entry::hasRecall).hasSize(secrets.size());
    assertThat(storedSecrets()).isZero();
  }

  @Test
  @DisplayName("A time of more than a year, and a recall that says it is the server's, are refused")
  void refuses() {
    assertThat(refusal("alice", secret(after(366 * 24 * 3600 + 1))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal("alice", secret(afterRead(-1)))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    int seq = send("alice", secret(after(5)));
    assertThat(
            refusal(
                "alice",
                change().setRecall(Recall.newBuilder().setSeq(seq).setExpired(true)).build()))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
