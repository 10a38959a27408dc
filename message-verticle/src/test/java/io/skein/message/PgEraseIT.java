package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.EraseUserReply;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Erased;
import io.skein.protocol.v1.GetConversationReply;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.ReactionCount;
import io.skein.protocol.v1.RetainedReply;
import io.skein.protocol.v1.RetainedRequest;
import io.skein.protocol.v1.SearchReply;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SetRoleRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice has said "sesame" wherever one can say something; then she is erased. */
@DisplayName("A user who is erased, in Postgres")
class PgEraseIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private Traces alice;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    alice = new Traces(here, behind);
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private <T extends Message> T call(String method, String user, Message request, Class<T> reply) {
    return reply.cast(Given.get(here.call(method, user, request)));
  }

  private List<Entry> history(String user, String conversation) {
    HistoryRequest all =
        HistoryRequest.newBuilder().setConversationId(conversation).setLimit(200).build();
    return call("messages.history", user, all, HistoryReply.class).getEntriesList();
  }

  private Conversation conversation(String user, String id) {
    return call(
            "conversations.get",
            user,
            GetConversationRequest.newBuilder().setConversationId(id).build(),
            GetConversationReply.class)
        .getConversation();
  }

  private SyncReply sync(String user) {
    return call("conversations.sync", user, SyncRequest.getDefaultInstance(), SyncReply.class);
  }

  private MembersReply members(String user, String id) {
    return call(
        "conversations.members",
        user,
        MembersRequest.newBuilder().setConversationId(id).build(),
        MembersReply.class);
  }

  private static List<Entry> notes(List<Entry> entries) {
    return entries.stream().filter(Entry::hasErased).toList();
  }

  @Test
  @DisplayName("leaves no word in any column of any table; what others said stays")
  void everywhere() {
    alice.everywhere();
    here.index(behind);
    assertThat(alice.tablesWith("sesame"))
        .contains(
            "entry.body",
            "entry_state.body",
            "entry_state.reaction_keys",
            "reaction.key",
            "retained.body",
            "scheduled.request",
            "join_request.message",
            "member.draft",
            "search.tokens");
    assertThat(behind.number("SELECT count(*) FROM message.mention WHERE sender = 'alice'"))
        .isPositive();

    here.erase("alice");
    here.index(behind);

    assertThat(alice.tablesWith("sesame")).isEmpty();
    assertThat(behind.number("SELECT count(*) FROM message.mention WHERE sender = 'alice'"))
        .isZero();
    assertThat(behind.number("SELECT count(*) FROM message.invite_code")).isZero();
    assertThat(behind.number("SELECT count(*) FROM message.erasing")).isZero();
    assertThat(alice.tablesWith("thyme")).contains("entry.body", "search.tokens");
    SearchRequest thyme = SearchRequest.newBuilder().setQuery("thyme").build();
    assertThat(call("messages.search", "carol", thyme, SearchReply.class).getEntriesList())
        .hasSize(2);
  }

  @Test
  @DisplayName("changes no seq and no unread count of others, and each conversation is told once")
  void converges() {
    alice.everywhere();
    int unread = sync("bob").getTotalUnread();
    Conversation before = conversation("bob", alice.trip);
    assertThat(unread).isGreaterThan(2);
    Set<String> both = Set.of(alice.trip, alice.direct);

    here.erase("alice");

    assertThat(sync("bob").getTotalUnread()).isEqualTo(unread);
    for (String id : both) {
      List<Entry> log = history("bob", id);
      assertThat(log)
          .extracting(Entry::getSeq)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, log.size()).boxed().toList());
      Entry note = log.getLast();
      assertThat(note.getErased()).isEqualTo(Erased.newBuilder().setUserId("alice").build());
      assertThat(note.getSender()).isEqualTo("alice");
      assertThat(notes(log)).hasSize(1);
      assertThat(log)
          .filteredOn(entry -> entry.getSender().equals("alice"))
          .filteredOn(entry -> !entry.getClientMsgId().isEmpty())
          .isNotEmpty()
          .allSatisfy(
              entry -> {
                if (!entry.hasPin()) {
                  assertThat(entry.getContentCase()).isEqualTo(Entry.ContentCase.CONTENT_NOT_SET);
                }
                assertThat(entry.hasContext()).isFalse();
                assertThat(entry.getState().getEdits()).isZero();
              });
      await()
          .until(
              () ->
                  here.deliveries().stream()
                      .anyMatch(
                          delivery ->
                              delivery.getConversationId().equals(id)
                                  && delivery.getSeq() == note.getSeq()
                                  && delivery.getRecipientsList().contains("bob")));
    }
    assertThat(conversation("bob", alice.trip).getUnread()).isEqualTo(before.getUnread());
    Conversation direct = conversation("bob", alice.direct);
    assertThat(direct.getUserId()).isEqualTo("alice");
    assertThat(direct.getHeadSeq()).isEqualTo(history("bob", alice.direct).size());
  }

  @Test
  @DisplayName("takes own reactions along, with their counts; those of others stay")
  void reactions() {
    alice.everywhere();
    Entry bobs = alice.ofBob(history("carol", alice.trip));
    assertThat(bobs.getState().getReactionsList())
        .extracting(ReactionCount::getKey, ReactionCount::getCount)
        .containsExactly(tuple("sesame", 1), tuple("👍", 2));
    here.erase("alice");
    assertThat(alice.ofBob(history("carol", alice.trip)).getState().getReactionsList())
        .containsExactly(ReactionCount.newBuilder().setKey("👍").setCount(1).setMine(true).build());
    assertThat(alice.ofAlice(history("carol", alice.trip)).getState().getReactionsList())
        .containsExactly(ReactionCount.newBuilder().setKey("❤").setCount(1).setMine(true).build());
  }

  @Test
  @DisplayName("takes own retained values along; their versions go on")
  void retained() {
    alice.everywhere();
    RetainedRequest all = RetainedRequest.newBuilder().setConversationId(alice.trip).build();
    assertThat(call("messages.retained", "bob", all, RetainedReply.class).getEntriesList())
        .hasSize(1);
    here.erase("alice");
    assertThat(call("messages.retained", "bob", all, RetainedReply.class).getEntriesList())
        .isEmpty();
    assertThat(Given.get(here.send("bob", alice.lamp("on"))).getVersion()).isEqualTo(2);
  }

  @Test
  @DisplayName("leaves all groups; the owner's place goes to an admin, else to a member")
  void handsOver() {
    String first = new Given(behind).group("alice", "bob", "carol").toString();
    String second = new Given(behind).group("alice", "bob", "carol").toString();
    String alone = new Given(behind).group("alice").toString();
    call(
        "members.setRole",
        "alice",
        SetRoleRequest.newBuilder()
            .setConversationId(first)
            .setUserId("carol")
            .setRole(Role.ADMIN)
            .build(),
        Message.class);
    here.erase("alice");
    assertThat(members("carol", first).getMembersList())
        .extracting(it -> it.getUserId() + " " + it.getRole())
        .containsExactly("bob MEMBER", "carol OWNER");
    assertThat(members("bob", second).getMembersList())
        .extracting(it -> it.getUserId() + " " + it.getRole())
        .containsExactly("bob OWNER", "carol MEMBER");
    assertThat(history("bob", second))
        .extracting(entry -> entry.getMembersChanged().getChange().name())
        .endsWith("OWNER", "LEFT");
    assertThat(history("bob", second)).extracting(Entry::getSeq).containsExactly(1, 2, 3);
    assertThat(
            behind.number(
                "SELECT count(*) FROM message.member WHERE left_seq IS NULL AND user_id = 'alice'"))
        .isZero();
    assertThat(
            behind.number(
                "SELECT member_count FROM message.conversation WHERE id = '" + alone + "'"))
        .isZero();
  }

  @Test
  @DisplayName("can write no more, and nobody can write to her: there is no such user")
  void closed() {
    alice.everywhere();
    here.erase("alice");
    SendRequest toAlice = toUser("alice", "are you there");
    assertThat(Given.refusal(here.send("bob", toAlice))).isEqualTo(ErrorCode.NOT_FOUND);
    Future<?> again = here.send("bob", toUser("alice", "hello?"));
    await().until(again::isComplete);
    assertThat(again.cause()).hasMessageContaining("there is no such user");
    assertThat(Given.refusal(here.send("bob", toConversation(alice.direct, "hello"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    for (String id : List.of(alice.trip, alice.direct)) {
      assertThat(Given.refusal(here.send("alice", toConversation(id, "late"))))
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
    assertThat(Given.refusal(here.send("alice", toUser("bob", "late"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    // Bob's own message can be taken back all the same.
    Given.get(here.send("bob", alice.recallOfBobsDirect()));
  }

  @Test
  @DisplayName("is erased to the end, and told once, whatever is forgotten between the steps")
  void resumes() {
    alice.everywhere();
    IntStream.range(0, 450).forEach(i -> alice.says("sesame " + i));
    String cursor = "";
    int steps = 0;
    // Every third answer is lost, and twice all that was known of the way is lost.
    for (EraseUserReply reply; ; cursor = reply.getCursor()) {
      reply = Given.get(here.erase("alice", cursor));
      steps++;
      if (steps % 3 == 0) {
        reply = Given.get(here.erase("alice", cursor));
      }
      if (steps == 2 || steps == 4) {
        reply = Given.get(here.erase("alice", "nonsense"));
      }
      if (!reply.getMore()) {
        break;
      }
    }
    assertThat(steps).isGreaterThan(5);
    here.index(behind);
    assertThat(alice.tablesWith("sesame")).isEmpty();
    here.erase("alice");
    assertThat(notes(history("bob", alice.direct))).hasSize(1);
    assertThat(
            behind.number(
                "SELECT count(*) FROM message.entry WHERE type = 34 AND conversation_id = '"
                    + alice.trip
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("goes while others write and react, and nobody is kept from it")
  void beside() {
    List<Integer> seqs = IntStream.range(0, 300).mapToObj(i -> alice.says("sesame " + i)).toList();
    Future<Integer> erased = loop.vertx().executeBlocking(() -> here.erase("alice"), false);
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Future<?> both =
          Future.join(
              here.send("bob", toConversation(alice.trip, "thyme " + i)),
              here.send("carol", alice.reaction(seqs.get(i), "+"))
                  .recover(PgEraseIT::unlessErased));
      sent.add(both);
    }
    sent.forEach(Given::get);
    Given.get(erased);
    List<Integer> all = new ArrayList<>();
    for (int after = 0; after < conversation("bob", alice.trip).getHeadSeq(); after += 200) {
      HistoryRequest page =
          HistoryRequest.newBuilder()
              .setConversationId(alice.trip)
              .setAfterSeq(after)
              .setLimit(200)
              .build();
      call("messages.history", "bob", page, HistoryReply.class)
          .getEntriesList()
          .forEach(entry -> all.add(entry.getSeq()));
    }
    assertThat(all)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, all.size()).boxed().toList())
        .hasSizeGreaterThan(600);
    here.index(behind);
    assertThat(alice.tablesWith("sesame")).isEmpty();
    assertThat(
            behind.number(
                "SELECT coalesce(sum(c), 0) - (SELECT count(*) FROM message.reaction)"
                    + " FROM message.entry_state, unnest(reaction_counts) c"))
        .isZero();
  }

  @Test
  @DisplayName("waits for whoever just changes something in the conversation")
  void underLock() {
    int seq = alice.says("sesame");
    try (Stores.Lock use = behind.lock(UUID.fromString(alice.trip))) {
      UUID lowest = new UUID(0, 0);
      Future<EraseUserReply> step = here.erase("alice", "entries " + lowest + " " + lowest);
      untilSomebodyWaits();
      assertThat(history("bob", alice.trip).get(seq - 1).getText().getBody()).isEqualTo("sesame");
      use.close();
      Given.get(step);
    }
    assertThat(alice.tablesWith("sesame")).isEmpty();
  }

  private void untilSomebodyWaits() {
    await()
        .until(
            () ->
                behind.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database()")
                    > 0);
  }

  /** What has lost its content takes no reaction. */
  private static <T> Future<T> unlessErased(Throwable failure) {
    return failure instanceof SkeinException refused && refused.code() == ErrorCode.NOT_FOUND
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  @Test
  @DisplayName("is not found by whoever was just indexing her message")
  void indexing() throws InterruptedException {
    int seq = alice.says("sesame");
    try (PgStores.Transaction indexer = behind.begin()) {
      indexer.execute(
          """
          INSERT INTO message.search (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
          VALUES ('%s', %d, 0, 'alice', 10, now(), 'sesame')
          """
              .formatted(alice.trip, seq));
      Future<Integer> erased = loop.vertx().executeBlocking(() -> here.erase("alice"), false);
      untilSomebodyWaits();
      indexer.commit();
      Given.get(erased);
    }
    assertThat(alice.tablesWith("sesame")).isEmpty();
    here.index(behind);
    assertThat(alice.tablesWith("sesame")).isEmpty();
  }
}
