package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.RetainedReply;
import io.skein.protocol.v1.RetainedRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice owns the group; bob and carol are members. */
@DisplayName("Retained values, in Postgres")
class PgRetainedIT {
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

  private static Retained.Builder value(String key, String data) {
    return Retained.newBuilder()
        .setKey(key)
        .setCustom(Custom.newBuilder().setType("position").setData(data));
  }

  private static Retained.Builder removal(String key) {
    return Retained.newBuilder().setKey(key).setRemoved(true);
  }

  private SendRequest request(Retained.Builder retained) {
    return toConversation(trip.toString(), "").toBuilder().setRetained(retained).build();
  }

  private SendReply set(String from, Retained.Builder retained) {
    return Given.get(here.send(from, request(retained)));
  }

  private SkeinException refused(String from, SendRequest request) {
    int head = view("alice").getHeadSeq();
    SkeinException[] refusal = new SkeinException[1];
    assertThatThrownBy(() -> Given.get(here.send(from, request)))
        .rootCause()
        .isInstanceOfSatisfying(SkeinException.class, error -> refusal[0] = error);
    assertThat(view("alice").getHeadSeq()).isEqualTo(head);
    return refusal[0];
  }

  private ErrorCode refusal(String from, Retained.Builder retained) {
    return refused(from, request(retained)).code();
  }

  private RetainedReply page(String user, String afterKey, int limit) {
    RetainedRequest request =
        RetainedRequest.newBuilder()
            .setConversationId(trip.toString())
            .setAfterKey(afterKey)
            .setLimit(limit)
            .build();
    return (RetainedReply) Given.get(here.call("messages.retained", user, request));
  }

  private List<String> values(String user) {
    return page(user, "", 200).getEntriesList().stream()
        .map(Entry::getRetained)
        .map(one -> one.getKey() + "=" + one.getCustom().getData() + "@" + one.getVersion())
        .toList();
  }

  private List<Entry> history(String user) {
    HistoryRequest all =
        HistoryRequest.newBuilder()
            .setConversationId(trip.toString())
            .setAfterSeq(0)
            .setLimit(200)
            .build();
    return loop.run(() -> here.services().messages().history(ServiceFixture.by(user), all))
        .getEntriesList();
  }

  private Conversation view(String user) {
    GetConversationRequest get =
        GetConversationRequest.newBuilder().setConversationId(trip.toString()).build();
    return loop.run(() -> here.services().conversations().get(ServiceFixture.by(user), get))
        .getConversation();
  }

  private void invite(String user) {
    InviteRequest invite =
        InviteRequest.newBuilder().setConversationId(trip.toString()).addUserIds(user).build();
    Given.get(here.call("members.invite", "alice", invite));
  }

  private static Entry pushed(Delivery delivery) {
    try {
      return Event.parseFrom(delivery.getEvent()).getEntry();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("Each key counts its versions; the last ones are kept, all are entries of the log")
  void counts() {
    assertThat(set("alice", value("car", "home")).getVersion()).isEqualTo(1);
    assertThat(set("bob", value("car", "road")).getVersion()).isEqualTo(2);
    assertThat(set("bob", value("board", "[]")).getVersion()).isEqualTo(1);

    assertThat(values("carol")).containsExactly("board=[]@1", "car=road@2");
    assertThat(history("carol").subList(1, 4))
        .extracting(entry -> entry.getRetained().getVersion())
        .containsExactly(1, 2, 1);
    Entry car = page("carol", "board", 1).getEntries(0);
    assertThat(car).isEqualTo(history("carol").get(2));
    assertThat(car.getSender()).isEqualTo("bob");
  }

  @Test
  @DisplayName("A value is pushed with its version, counts for nobody and wakes no phone")
  void staysQuiet() {
    int message = Given.get(here.send("alice", toConversation(trip.toString(), "hi"))).getSeq();
    int seq = set("alice", value("car", "home")).getSeq();
    await().until(() -> here.deliveries().stream().anyMatch(one -> pushed(one).getSeq() == seq));

    Delivery delivery =
        here.deliveries().stream().filter(one -> pushed(one).getSeq() == seq).findFirst().get();
    assertThat(pushed(delivery).getRetained().getVersion()).isEqualTo(1);
    assertThat(delivery.getRecipientsList()).containsExactlyInAnyOrder("alice", "bob", "carol");
    assertThat(delivery.getSeq()).as("what notifications go by").isZero();
    assertThat(view("bob").getUnread()).isEqualTo(1);
    assertThat(view("bob").getLastEntry().getSeq()).isEqualTo(message);
    assertThat(view("bob").getHeadSeq()).isEqualTo(seq);
  }

  @Test
  @DisplayName("Even the first entry of a conversation is not what lists show")
  void isNotShown() {
    SendRequest first =
        ServiceFixture.toUser("bob", "").toBuilder().setRetained(value("car", "home")).build();
    trip = UUID.fromString(Given.get(here.send("alice", first)).getConversationId());
    assertThat(view("bob").hasLastEntry()).isFalse();
    assertThat(values("bob")).containsExactly("car=home@1");
  }

  @Test
  @DisplayName("Of all that follow one version, one is stored; the others are told the version")
  void comparesAndSets() {
    assertThat(set("alice", value("car", "a").setExpectedVersion(0)).getVersion()).isEqualTo(1);
    SkeinException tooLate = refused("bob", request(value("car", "b").setExpectedVersion(0)));
    assertThat(tooLate.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(tooLate.getMessage()).contains("the version of this key is 1");
    assertThat(tooLate.toError().getField()).isEqualTo("retained.expectedVersion");
    assertThat(refusal("bob", value("car", "b").setExpectedVersion(2)))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(refused("bob", request(value("bus", "b").setExpectedVersion(3))).getMessage())
        .contains("no value");

    List<SendRequest> together =
        IntStream.range(0, 30)
            .mapToObj(i -> request(value("car", "c" + i).setExpectedVersion(1)))
            .toList();
    List<Future<SendReply>> replies = here.sendTogether("bob", together);
    replies.forEach(reply -> await().until(reply::isComplete));
    assertThat(replies).filteredOn(Future::succeeded).hasSize(1);
    assertThat(values("bob")).containsExactly("car=c0@2");
    assertThat(history("bob")).hasSize(3);
  }

  @Test
  @DisplayName("Sent again it is what it was, also when others have followed meanwhile")
  void repeats() {
    set("alice", value("car", "a"));
    SendRequest second = request(value("car", "b").setExpectedVersion(1));
    SendReply first = Given.get(here.send("bob", second));
    set("carol", value("car", "c").setExpectedVersion(2));

    assertThat(Given.get(here.send("bob", second))).isEqualTo(first);
    assertThat(first.getVersion()).isEqualTo(2);
    assertThat(values("bob")).containsExactly("car=c@3");
    SendRequest other =
        second.toBuilder().setRetained(value("car", "x").setExpectedVersion(1)).build();
    assertThat(refused("bob", other).toError().getField()).isEqualTo("clientMsgId");
  }

  @Test
  @DisplayName("A removed value is gone, its versions go on, and it can be made anew")
  void removes() {
    set("alice", value("car", "a"));
    assertThat(refusal("bob", removal("car").setExpectedVersion(7))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(set("bob", removal("car").setExpectedVersion(1)).getVersion()).isEqualTo(2);
    assertThat(values("carol")).isEmpty();
    assertThat(refusal("bob", removal("car"))).isEqualTo(ErrorCode.UNCHANGED);
    assertThat(refusal("bob", removal("bus"))).isEqualTo(ErrorCode.UNCHANGED);
    assertThat(refusal("bob", value("car", "b").setExpectedVersion(1)))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(set("bob", value("car", "b").setExpectedVersion(0)).getVersion()).isEqualTo(3);
    assertThat(values("carol")).containsExactly("car=b@3");
  }

  @Test
  @DisplayName("There are so many keys and no more, in use and remembered")
  void boundsKeys() {
    int most = ChangeLimits.defaults().maxRetained();
    behind.execute(
        """
        INSERT INTO message.retained (conversation_id, key, version, removed, seq, sender,
                                      client_msg_id, sent_at, body)
        SELECT '%s', kind.name || i, 1, kind.name = 'gone', 0, 'alice', gen_random_uuid(), now(), ''
        FROM generate_series(1, %d) i, (VALUES ('used'), ('gone')) kind (name)
        """
            .formatted(trip, most));
    assertThat(refusal("alice", value("new", "x"))).isEqualTo(ErrorCode.TOO_LARGE);
    set("alice", value("used7", "x"));
    set("alice", removal("used8"));
    set("alice", value("new", "x"));
    assertThat(
            behind.number(
                "SELECT count(*) FROM message.retained WHERE conversation_id = '%s'"
                    .formatted(trip)))
        .isLessThanOrEqualTo(2L * most);
    assertThat(behind.number("SELECT count(*) FROM message.retained WHERE key = 'used8'")).isOne();
  }

  @Test
  @DisplayName("Whoever may not send messages sets no values, and strangers see none")
  void asksPermission() {
    set("alice", value("car", "a"));
    assertThat(refusal("mallory", value("car", "b"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThatThrownBy(() -> page("mallory", "", 0)).hasStackTraceContaining("no such conv");
    behind.execute(
        "UPDATE message.member SET muted_until = now() + interval '1 hour'"
            + " WHERE user_id = 'bob'");
    assertThat(refusal("bob", value("car", "b"))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    behind.execute("UPDATE message.conversation SET post_role = 2");
    assertThat(refusal("carol", value("car", "b"))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    set("alice", value("car", "b"));
    behind.remove(trip, "carol");
    assertThatThrownBy(() -> page("carol", "", 0)).hasStackTraceContaining("no such conv");
    assertThat(values("bob")).containsExactly("car=b@2");
  }

  @Test
  @DisplayName("No message is made of a value: it is not answered, changed or taken back")
  void isNoMessage() {
    int seq = set("alice", value("car", "a")).getSeq();
    SendRequest.Builder change = toConversation(trip.toString(), "").toBuilder().clearContent();
    Recall recall = Recall.newBuilder().setSeq(seq).build();
    Reaction reaction = Reaction.newBuilder().setSeq(seq).setKey("+").build();
    assertThat(refused("alice", change.setRecall(recall).build()).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused("alice", change.setReaction(reaction).build()).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("Values come in pages by key, none twice and none missing")
  void pages() {
    List<String> keys = IntStream.range(0, 25).mapToObj(i -> "k" + (char) ('a' + i)).toList();
    here.untilAcked("bob", keys.stream().map(key -> request(value(key, "x"))).toList())
        .forEach(reply -> Given.get(reply));
    List<String> found = new ArrayList<>();
    RetainedReply reply;
    do {
      reply = page("alice", found.isEmpty() ? "" : found.getLast(), 10);
      reply.getEntriesList().forEach(entry -> found.add(entry.getRetained().getKey()));
    } while (reply.getMore());
    assertThat(found).isEqualTo(keys);
  }

  @Test
  @DisplayName(
      "A page of long values ends before it holds too many bytes, and says that more follow")
  void boundsBytes() {
    String longOne = "x".repeat(65_000);
    for (int i = 0; i < 20; i++) {
      set("bob", value("k" + (char) ('a' + i), longOne));
    }
    RetainedReply reply = page("alice", "", 0);
    assertThat(reply.getEntriesCount()).isBetween(10, 17);
    assertThat(reply.getMore()).isTrue();
  }

  @Test
  @DisplayName("Who joins gets what was set before, and from the log all that follows: no gap")
  void givesToJoiners() {
    set("alice", value("old", "x"));
    for (int round = 0; round < 5; round++) {
      String key = "k" + round;
      String joiner = "joiner" + round;
      List<SendRequest> changes =
          IntStream.rangeClosed(1, 20).mapToObj(i -> request(value(key, "v" + i))).toList();
      List<Future<SendReply>> sent = here.untilAcked("bob", changes.subList(0, 5));
      invite(joiner);
      List<Future<SendReply>> more = here.untilAcked("bob", changes.subList(5, 20));
      RetainedReply early = page(joiner, "", 0);
      sent.forEach(Given::get);
      more.forEach(Given::get);

      int got =
          early.getEntriesList().stream()
              .map(Entry::getRetained)
              .filter(one -> one.getKey().equals(key))
              .mapToInt(Retained::getVersion)
              .findFirst()
              .orElse(0);
      assertThat(
              history(joiner).stream()
                  .filter(entry -> entry.getRetained().getKey().equals(key))
                  .map(entry -> entry.getRetained().getVersion())
                  .filter(version -> version > got))
          .containsExactlyElementsOf(IntStream.rangeClosed(got + 1, 20).boxed().toList());
      assertThat(values(joiner)).contains("old=x@1", key + "=v20@20");
    }
  }
}
