package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.ClearReply;
import io.skein.protocol.v1.ClearRequest;
import io.skein.protocol.v1.ConfigureReply;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Draft;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.ReceiptsReply;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alice owns the group; bob and carol are members. */
@DisplayName("What is left to read, and what each wants of a conversation")
class PgSettingsIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private String trip;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    trip = new Given(behind).group("alice", "bob", "carol").toString();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private int say(String user, String text) {
    return Given.get(here.send(user, toConversation(trip, text))).getSeq();
  }

  private int mention(String user, UnaryOperator<EntryContext.Builder> whom) {
    SendRequest request =
        toConversation(trip, "@").toBuilder()
            .setContext(whom.apply(EntryContext.newBuilder()))
            .build();
    return Given.get(here.send(user, request)).getSeq();
  }

  private Conversation view(String user) {
    GetConversationRequest get =
        GetConversationRequest.newBuilder().setConversationId(trip).build();
    return loop.run(() -> here.services().conversations().get(ServiceFixture.by(user), get))
        .getConversation();
  }

  private ReadReply read(String user, int seq) {
    ReadRequest request = ReadRequest.newBuilder().setConversationId(trip).setSeq(seq).build();
    return loop.run(() -> here.services().marks().read(ServiceFixture.by(user), request));
  }

  private SyncReply sync(String user, String cursor) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).build();
    return loop.run(() -> here.services().sync().sync(ServiceFixture.by(user), request));
  }

  private ConversationSettings configure(
      String user, UnaryOperator<ConfigureRequest.Builder> wanted) {
    Message reply =
        Given.get(
            here.call(
                "conversations.configure",
                user,
                wanted.apply(ConfigureRequest.newBuilder().setConversationId(trip)).build()));
    return ((ConfigureReply) reply).getSettings();
  }

  private List<Event> told(String user) {
    return here.deliveries().stream()
        .filter(delivery -> delivery.getRecipientsList().equals(List.of(user)))
        .map(ServiceFixture::event)
        .toList();
  }

  @Test
  @DisplayName("The first unread message and the mentions of oneself and of all are told")
  void countsMentions() {
    assertThat(view("bob").hasFirstUnreadSeq()).isFalse();
    say("bob", "own");
    int first = say("alice", "hello");
    mention("alice", context -> context.addMentions("bob"));
    int all = mention("carol", context -> context.setMentionAll(true));
    mention("alice", context -> context.addMentions("carol"));
    assertThat(view("bob").getUnread()).isEqualTo(4);
    assertThat(view("bob").getMentions()).isEqualTo(2);
    assertThat(view("bob").getFirstUnreadSeq()).isEqualTo(first);
    assertThat(view("carol").getMentions()).isEqualTo(1);

    SendRequest recall =
        toConversation(trip, "").toBuilder().setRecall(Recall.newBuilder().setSeq(all)).build();
    Given.get(here.send("carol", recall));
    assertThat(view("bob").getMentions()).isEqualTo(1);
    assertThat(view("bob").getUnread()).isEqualTo(4);

    read("bob", first + 1);
    assertThat(view("bob").getMentions()).isZero();
    assertThat(view("bob").getFirstUnreadSeq()).isEqualTo(all);
  }

  @Test
  @DisplayName("Marked unread stays until any read, also one that moves no mark, and is told")
  void marksUnread() {
    int seq = say("alice", "hello");
    read("bob", seq);
    configure("bob", wanted -> wanted.setMarkedUnread(true));
    assertThat(view("bob").getSettings().getMarkedUnread()).isTrue();
    assertThat(view("bob").getUnread()).isZero();
    here.deliveries().clear();
    assertThat(read("bob", seq).getReadSeq()).isEqualTo(seq);
    assertThat(view("bob").hasSettings()).isFalse();
    await().until(() -> told("bob").stream().anyMatch(Event::hasMark));
  }

  @Test
  @DisplayName("What one device sets, the others are told at once or find in their next sync")
  void syncsSettings() {
    String cursor = sync("bob", "").getCursor();
    ConversationSettings set =
        configure(
            "bob",
            wanted ->
                wanted
                    .setPinned(true)
                    .setMuted(true)
                    .setDraft(Draft.newBuilder().setText("half a sen").setReplyToSeq(1)));
    assertThat(set.getPinned()).isTrue();
    assertThat(set.getDraft().getReplyToSeq()).isEqualTo(1);
    await().until(() -> !told("bob").isEmpty());
    assertThat(told("bob")).extracting(Event::getSettings).containsExactly(set);
    assertThat(here.deliveries())
        .extracting(Delivery::getExcludeSession)
        .contains(ServiceFixture.by("bob").sessionId());

    assertThat(sync("bob", cursor).getConversationsList())
        .extracting(Conversation::getSettings)
        .containsExactly(set);
    assertThat(view("alice").hasSettings()).isFalse();

    ConversationSettings changed =
        configure("bob", wanted -> wanted.setPinned(false).setDraft(Draft.newBuilder()));
    assertThat(changed.getPinned()).isFalse();
    assertThat(changed.getMuted()).isTrue();
    assertThat(changed.hasDraft()).isFalse();
  }

  @Test
  @DisplayName("What is hidden is not in a first list until the next message comes")
  void hides() {
    say("alice", "hello");
    String cursor = sync("bob", "").getCursor();
    configure("bob", wanted -> wanted.setHidden(true));
    assertThat(sync("bob", "").getConversationsList()).isEmpty();
    assertThat(sync("bob", cursor).getConversationsList())
        .extracting(it -> it.getSettings().getHidden())
        .containsExactly(true);
    say("alice", "are you there?");
    assertThat(sync("bob", "").getConversationsList()).hasSize(1);
    assertThat(view("bob").hasSettings()).isFalse();
  }

  @Test
  @DisplayName("What was cleared is out of sight for one only, read, and never comes back")
  void clears() {
    say("alice", "1");
    int seq = say("alice", "2");
    int after = say("alice", "3");
    ClearRequest clear = ClearRequest.newBuilder().setConversationId(trip).setSeq(seq).build();
    ClearReply reply = (ClearReply) Given.get(here.call("conversations.clear", "bob", clear));
    assertThat(reply.getClearedSeq()).isEqualTo(seq);
    assertThat(history("bob")).extracting(Entry::getSeq).containsExactly(after);
    assertThat(history("carol")).hasSize(4);
    assertThat(view("bob").getUnread()).isEqualTo(1);

    Given.get(here.call("conversations.clear", "bob", clear.toBuilder().setSeq(1).build()));
    assertThat(history("bob")).hasSize(1);
    Given.get(here.call("conversations.clear", "bob", clear.toBuilder().setSeq(99).build()));
    assertThat(history("bob")).isEmpty();
    assertThat(view("bob").hasLastEntry()).isFalse();
    int next = say("alice", "4");
    assertThat(history("bob")).extracting(Entry::getSeq).containsExactly(next);
  }

  private List<Entry> history(String user) {
    HistoryRequest all =
        HistoryRequest.newBuilder().setConversationId(trip).setAfterSeq(0).setLimit(200).build();
    return loop.run(() -> here.services().messages().history(ServiceFixture.by(user), all))
        .getEntriesList();
  }

  @Test
  @DisplayName("Strangers set nothing, and drafts have an end")
  void refuses() {
    ConfigureRequest pin =
        ConfigureRequest.newBuilder().setConversationId(trip).setPinned(true).build();
    assertThat(refusal("conversations.configure", "mallory", pin)).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            refusal(
                "conversations.configure",
                "bob",
                pin.toBuilder().setConversationId(UUID.randomUUID().toString()).build()))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            refusal(
                "conversations.configure",
                "bob",
                pin.toBuilder().setDraft(Draft.newBuilder().setText("x".repeat(65_537))).build()))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(
            refusal(
                "conversations.clear",
                "mallory",
                ClearRequest.newBuilder().setConversationId(trip).setSeq(1).build()))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  private ErrorCode refusal(String method, String user, Message request) {
    var call = here.call(method, user, request);
    await().until(call::isComplete);
    assertThat(call.cause()).isInstanceOf(SkeinException.class);
    return ((SkeinException) call.cause()).code();
  }

  @Test
  @DisplayName("The sender and the owner see who has read a message, nobody else")
  void receipts() {
    int seq = say("bob", "read this");
    read("carol", seq);
    ReceiptsRequest request =
        ReceiptsRequest.newBuilder().setConversationId(trip).setSeq(seq).build();
    for (String user : List.of("bob", "alice")) {
      ReceiptsReply reply =
          loop.run(() -> here.services().lookups().receipts(ServiceFixture.by(user), request));
      assertThat(reply.getMembers()).isEqualTo(2);
      assertThat(reply.getRead()).isEqualTo(1);
      assertThat(reply.getReadByList()).containsExactly("carol");
    }
    assertThat(
            Given.get(
                loop.start(
                        () ->
                            here.services().lookups().receipts(ServiceFixture.by("carol"), request))
                    .map(reply -> ErrorCode.INTERNAL)
                    .otherwise(refused -> ((SkeinException) refused).code())))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  @DisplayName("A muted conversation has no badge to notify about, unless a mention is unread")
  void mutes() {
    configure("bob", wanted -> wanted.setMuted(true));
    say("alice", "noise");
    MarkStore.Place bob = new MarkStore.Place(UUID.fromString(trip), "bob");
    assertThat(Given.get(behind.marks().unread(List.of(bob)))).isEmpty();
    mention("alice", context -> context.addMentions("bob"));
    assertThat(Given.get(behind.marks().unread(List.of(bob)))).hasSize(1);
  }
}
