package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.EntryState;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReactionCount;
import io.skein.protocol.v1.ReactionsRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.skein.protocol.v1.VersionsRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What becomes of messages, in Postgres")
class PgChangesIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private Given given;
  private PgServices here;
  private UUID trip;
  private String tripId;

  /** Alice owns the group. */
  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    given = new Given(behind);
    here = new PgServices(loop, database);
    trip = given.group("alice", "bob", "carol");
    tripId = trip.toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private static Text text(String body) {
    return Text.newBuilder().setBody(body).build();
  }

  private SendRequest request(Consumer<SendRequest.Builder> content) {
    SendRequest.Builder request = toConversation(tripId, "").toBuilder().clearContent();
    content.accept(request);
    return request.build();
  }

  private int send(String from, Consumer<SendRequest.Builder> content) {
    return Given.get(here.send(from, request(content))).getSeq();
  }

  private void refused(ErrorCode code, String from, Consumer<SendRequest.Builder> content) {
    int head = head();
    assertThatThrownBy(() -> Given.get(here.send(from, request(content))))
        .hasRootCauseInstanceOf(SkeinException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            SkeinException.class, error -> assertThat(error.code()).isEqualTo(code));
    assertThat(head()).isEqualTo(head);
  }

  private int head() {
    return history("alice").getLast().getSeq();
  }

  private List<Entry> history(String user) {
    HistoryRequest all =
        HistoryRequest.newBuilder().setConversationId(tripId).setAfterSeq(0).setLimit(200).build();
    return loop.run(() -> here.services().messages().history(ServiceFixture.by(user), all))
        .getEntriesList();
  }

  private Entry entry(String user, int seq) {
    GetEntriesRequest one =
        GetEntriesRequest.newBuilder().setConversationId(tripId).addSeqs(seq).build();
    return loop.run(() -> here.services().lookups().get(ServiceFixture.by(user), one))
        .getEntries(0);
  }

  private static Consumer<SendRequest.Builder> edit(int seq, String body) {
    return request -> request.setEdit(Edit.newBuilder().setSeq(seq).setText(text(body)));
  }

  private static Consumer<SendRequest.Builder> recall(int seq) {
    return request -> request.setRecall(Recall.newBuilder().setSeq(seq));
  }

  private static Consumer<SendRequest.Builder> react(int seq, String key, boolean removed) {
    return request ->
        request.setReaction(Reaction.newBuilder().setSeq(seq).setKey(key).setRemoved(removed));
  }

  private static Consumer<SendRequest.Builder> pin(int seq, boolean removed) {
    return request -> request.setPin(Pin.newBuilder().setSeq(seq).setRemoved(removed));
  }

  private void age(int seq, String interval) {
    behind.execute(
        "UPDATE message.entry SET sent_at = now() - interval '%s' WHERE seq = %d"
            .formatted(interval, seq));
  }

  @Test
  @DisplayName("An edit is an entry, and whoever reads the message finds the last version")
  void edits() {
    int seq = send("bob", request -> request.setText(text("helo")));
    int first = send("bob", edit(seq, "hallo"));
    int second = send("bob", edit(seq, "hello"));

    assertThat(history("carol").get(seq - 1))
        .satisfies(
            entry -> {
              assertThat(entry.getText().getBody()).isEqualTo("hello");
              assertThat(entry.getState().getChangedSeq()).isEqualTo(second);
              assertThat(entry.getState().getEdits()).isEqualTo(2);
              assertThat(entry.getState().hasEditedAt()).isTrue();
            });
    assertThat(history("carol").get(first - 1).getEdit().getText().getBody()).isEqualTo("hallo");
    VersionsRequest versions =
        VersionsRequest.newBuilder().setConversationId(tripId).setSeq(seq).build();
    assertThat(
            loop.run(() -> here.services().lookups().versions(ServiceFixture.by("carol"), versions))
                .getVersionsList())
        .extracting(Entry::getSeq)
        .containsExactly(seq, first, second);
    assertThat(given.unread(trip, "carol")).isEqualTo(1);
  }

  @Test
  @DisplayName("Only the sender edits, in time, and only what can be edited")
  void refusesEdits() {
    int seq = send("bob", request -> request.setText(text("mine")));
    refused(ErrorCode.PERMISSION_DENIED, "alice", edit(seq, "yours"));
    refused(ErrorCode.NOT_FOUND, "bob", edit(seq + 5, "future"));
    refused(ErrorCode.NOT_FOUND, "alice", edit(1, "the beginning"));
    refused(ErrorCode.NOT_FOUND, "dora", edit(seq, "stranger"));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        "bob",
        request ->
            request.setEdit(
                Edit.newBuilder()
                    .setSeq(seq)
                    .setCustom(
                        io.skein.protocol.v1.Custom.newBuilder().setType("t").setData("1"))));
    age(seq, "25 hours");
    refused(ErrorCode.TOO_LATE, "bob", edit(seq, "late"));
    assertThat(entry("carol", seq).getText().getBody()).isEqualTo("mine");
  }

  @Test
  @DisplayName("A recall removes the content, its versions and what others added, for good")
  void recalls() {
    int seq = send("bob", request -> request.setText(text("secret")));
    send("bob", edit(seq, "secret again"));
    send("carol", react(seq, "👍", false));
    int recall = send("bob", recall(seq));

    Entry entry = entry("carol", seq);
    assertThat(entry.getContentCase()).isEqualTo(Entry.ContentCase.CONTENT_NOT_SET);
    assertThat(entry.getState())
        .isEqualTo(EntryState.newBuilder().setChangedSeq(recall).setRecalled(true).build());
    assertThat(history("carol")).noneMatch(one -> one.toString().contains("secret"));
    try (PgStores.Transaction look = behind.begin()) {
      assertThat(
              look.number(
                  "SELECT count(*) FROM message.entry e FULL JOIN message.entry_state s"
                      + " USING (conversation_id, seq)"
                      + " WHERE position('secret'::bytea in e.body || coalesce(s.body, '')) > 0"))
          .isZero();
    }
    assertThat(given.unread(trip, "carol")).isEqualTo(1);
    refused(ErrorCode.NOT_FOUND, "bob", edit(seq, "back"));
    refused(ErrorCode.NOT_FOUND, "carol", react(seq, "👍", false));
    refused(ErrorCode.NOT_FOUND, "bob", recall(seq));
  }

  @Test
  @DisplayName("The sender recalls in time, an admin any time, nobody else ever")
  void refusesRecalls() {
    int bobs = send("bob", request -> request.setText(text("one")));
    int carols = send("carol", request -> request.setText(text("two")));
    refused(ErrorCode.PERMISSION_DENIED, "bob", recall(carols));
    age(bobs, "25 hours");
    refused(ErrorCode.TOO_LATE, "bob", recall(bobs));
    send("alice", recall(bobs));
    assertThat(entry("bob", bobs).getState().getRecalled()).isTrue();
  }

  @Test
  @DisplayName("A message that was recalled meanwhile is still the same when it is sent again")
  void repeatsRecalled() {
    SendRequest request = request(one -> one.setText(text("first")));
    SendReply first = Given.get(here.send("bob", request));
    send("bob", recall(first.getSeq()));
    assertThat(Given.get(here.send("bob", request))).isEqualTo(first);
  }

  @Test
  @DisplayName("Reactions are counted, each user's once, in the order of their first use")
  void reacts() {
    int seq = send("bob", request -> request.setText(text("party?")));
    send("carol", react(seq, "👍", false));
    send("bob", react(seq, "🎉", false));
    int last = send("alice", react(seq, "👍", false));
    refused(ErrorCode.UNCHANGED, "alice", react(seq, "👍", false));
    refused(ErrorCode.UNCHANGED, "carol", react(seq, "🎉", true));

    assertThat(entry("alice", seq).getState())
        .isEqualTo(
            EntryState.newBuilder()
                .setChangedSeq(last)
                .addReactions(reaction("👍", 2, true))
                .addReactions(reaction("🎉", 1, false))
                .build());
    ReactionsRequest who =
        ReactionsRequest.newBuilder()
            .setConversationId(tripId)
            .setSeq(seq)
            .setKey("👍")
            .setLimit(1)
            .build();
    assertThat(loop.run(() -> here.services().lookups().reactions(ServiceFixture.by("bob"), who)))
        .satisfies(
            page -> {
              assertThat(page.getUserIdsList()).containsExactly("alice");
              assertThat(page.getMore()).isTrue();
            });

    send("carol", react(seq, "👍", true));
    send("alice", react(seq, "👍", true));
    assertThat(entry("alice", seq).getState().getReactionsList())
        .containsExactly(reaction("🎉", 1, false).build());
  }

  private static ReactionCount.Builder reaction(String key, int count, boolean mine) {
    return ReactionCount.newBuilder().setKey(key).setCount(count).setMine(mine);
  }

  @Test
  @DisplayName("A message has at most 20 kinds of reactions")
  void limitsReactions() {
    int seq = send("bob", request -> request.setText(text("wow")));
    for (int i = 0; i < 20; i++) {
      send("carol", react(seq, "r" + i, false));
    }
    refused(ErrorCode.TOO_LARGE, "carol", react(seq, "one more", false));
    send("bob", react(seq, "r7", false));
  }

  @Test
  @DisplayName("Owners and admins pin, everybody sees it, the last pinned first")
  void pins() {
    int one = send("bob", request -> request.setText(text("rules")));
    int two = send("bob", request -> request.setText(text("address")));
    refused(ErrorCode.PERMISSION_DENIED, "bob", pin(one, false));
    send("alice", pin(two, false));
    send("alice", pin(one, false));
    refused(ErrorCode.UNCHANGED, "alice", pin(one, false));
    assertThat(pinned()).containsExactly(one, two);
    send("alice", pin(one, true));
    refused(ErrorCode.UNCHANGED, "alice", pin(one, true));
    assertThat(pinned()).containsExactly(two);
    assertThat(entry("carol", two).getState().getPinned()).isTrue();
  }

  private List<Integer> pinned() {
    PinnedRequest request = PinnedRequest.newBuilder().setConversationId(tripId).build();
    return loop
        .run(() -> here.services().lookups().pinned(ServiceFixture.by("carol"), request))
        .getEntriesList()
        .stream()
        .map(Entry::getSeq)
        .toList();
  }

  @Test
  @DisplayName("An answer belongs to the thread of what it answers")
  void threads() {
    int root = send("bob", request -> request.setText(text("where?")));
    int answer = send("carol", reply(root, "at home"));
    int second = send("bob", reply(answer, "when?"));
    assertThat(entry("alice", answer).getContext().getThreadSeq()).isEqualTo(root);
    assertThat(entry("alice", second).getContext())
        .isEqualTo(EntryContext.newBuilder().setReplyToSeq(answer).setThreadSeq(root).build());
    refused(ErrorCode.NOT_FOUND, "carol", reply(second + 10, "to nothing"));
    refused(ErrorCode.NOT_FOUND, "carol", reply(1, "to the beginning"));
  }

  private static Consumer<SendRequest.Builder> reply(int seq, String body) {
    return request ->
        request.setText(text(body)).setContext(EntryContext.newBuilder().setReplyToSeq(seq));
  }

  @Test
  @DisplayName("A push carries the thread, too")
  void pushesThreads() {
    int root = send("bob", request -> request.setText(text("where?")));
    int answer = send("carol", reply(root, "at home"));
    await().until(() -> here.deliveredSeqs().contains(answer));
    assertThat(here.deliveries())
        .filteredOn(delivery -> delivery.getSeq() == answer)
        .extracting(delivery -> ServiceFixture.event(delivery).getEntry().getContext())
        .containsOnly(EntryContext.newBuilder().setReplyToSeq(root).setThreadSeq(root).build());
  }

  @Test
  @DisplayName("Mentions are kept for members, and everybody is mentioned by those who may")
  void mentions() {
    int seq =
        send(
            "bob",
            request ->
                request
                    .setText(text("@carol @dora @all"))
                    .setContext(
                        EntryContext.newBuilder()
                            .addMentions("carol")
                            .addMentions("dora")
                            .setMentionAll(true)));
    try (PgStores.Transaction look = behind.begin()) {
      assertThat(
              look.number(
                  "SELECT count(*) FROM message.mention WHERE seq = %d AND user_id IN ('carol', '')"
                      .formatted(seq)))
          .isEqualTo(2);
      assertThat(look.number("SELECT count(*) FROM message.mention")).isEqualTo(2);
    }
    behind.execute("UPDATE message.conversation SET member_count = 21");
    Consumer<SendRequest.Builder> all =
        request ->
            request.setText(text("@all")).setContext(EntryContext.newBuilder().setMentionAll(true));
    refused(ErrorCode.PERMISSION_DENIED, "bob", all);
    send("alice", all);
  }

  @Test
  @DisplayName("Who is muted sends nothing, but may take back; where admins post others react")
  void mutes() {
    int seq = send("bob", request -> request.setText(text("spam")));
    behind.execute(
        "UPDATE message.member SET muted_until = now() + interval '1 hour' WHERE user_id = 'bob'");
    refused(ErrorCode.PERMISSION_DENIED, "bob", request -> request.setText(text("more")));
    refused(ErrorCode.PERMISSION_DENIED, "bob", edit(seq, "more"));
    refused(ErrorCode.PERMISSION_DENIED, "bob", react(seq, "👍", false));
    send("bob", recall(seq));

    behind.execute("UPDATE message.conversation SET post_role = 2");
    refused(ErrorCode.PERMISSION_DENIED, "carol", request -> request.setText(text("hi")));
    int announced = send("alice", request -> request.setText(text("news")));
    send("carol", react(announced, "❤", false));
  }

  @Test
  @DisplayName("The list shows the last message as it is now, not the change of another")
  void listsMessages() {
    int seq = send("bob", request -> request.setText(text("helo")));
    int change = send("bob", edit(seq, "hello"));
    GetConversationRequest get =
        GetConversationRequest.newBuilder().setConversationId(tripId).build();
    assertThat(
            loop.run(() -> here.services().conversations().get(ServiceFixture.by("carol"), get))
                .getConversation())
        .satisfies(
            seen -> {
              assertThat(seen.getHeadSeq()).isEqualTo(change);
              assertThat(seen.getLastEntry().getSeq()).isEqualTo(seq);
              assertThat(seen.getLastEntry().getText().getBody()).isEqualTo("hello");
            });
  }

  @Test
  @DisplayName("A change that is sent again is made once")
  void repeatsChanges() {
    int seq = send("bob", request -> request.setText(text("party?")));
    SendRequest request = request(react(seq, "👍", false));
    SendReply first = Given.get(here.send("carol", request));
    assertThat(Given.get(here.send("carol", request))).isEqualTo(first);
    assertThat(entry("carol", seq).getState().getReactions(0).getCount()).isEqualTo(1);
  }
}
