package io.skein.message;

import static io.skein.message.LargeDatabase.OF_ALICE;
import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.message.LargeDatabase.Reads;
import io.skein.protocol.internal.v1.BadgeQuery;
import io.skein.protocol.internal.v1.BadgesRequest;
import io.skein.protocol.internal.v1.DeliveredMark;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.ExportConversationsRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReactionsRequest;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.RetainedRequest;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.skein.protocol.v1.Text;
import io.skein.protocol.v1.UpdateConversationRequest;
import io.skein.protocol.v1.VersionsRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("With many conversations and a long log, no table is read from end to end by")
class PgIndexIT {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  private static final String LONG = LargeDatabase.longOne().toString();
  private static final String SHORT = LargeDatabase.conversation(20).toString();

  /** Rows of tables and indexes for a page, or for what one message needs. */
  private static final int FEW = 2000;

  /** For each conversation of a user: the two rows, and those of the members of a small one. */
  private static final int LIST = 8 * OF_ALICE;

  private static LargeDatabase database;

  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgServices here;

  @BeforeAll
  static void fill() {
    database = new LargeDatabase(DATABASE.stores());
  }

  /**
   * Something that is done.
   *
   * @param mostRows that it may look at, in indexes and tables
   */
  private record Use(String name, int mostRows, Consumer<PgIndexIT> work) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Use> uses() {
    return Stream.of(
        new Use("a first sync", 2 * LIST, it -> it.sync("")),
        new Use("the next sync", 4 * LIST, it -> it.sync(it.sync("").getCursor())),
        new Use("a look at a conversation", FEW, PgIndexIT::look),
        new Use("a read in the middle, with the total", LIST, it -> it.read(5000)),
        new Use("a read to the head, with the total", LIST, it -> it.read(LargeDatabase.LENGTH)),
        new Use("a confirmation", FEW, PgIndexIT::confirm),
        new Use("a badge", LIST, PgIndexIT::badge),
        new Use("history", FEW, PgIndexIT::history),
        new Use("messages and what changes them", FEW, PgIndexIT::talk),
        new Use("single messages", FEW, PgIndexIT::single),
        new Use("the versions of a message", FEW, PgIndexIT::versions),
        new Use("the pinned messages", FEW, PgIndexIT::pinned),
        new Use("who reacted", FEW, PgIndexIT::reactions),
        new Use("who has read", FEW, PgIndexIT::receipts),
        new Use("a search in all conversations", 2 * LIST, it -> it.search("")),
        new Use("a search in one conversation", LIST, it -> it.search(LONG)),
        new Use("a search of a frequent word", 2 * LIST, it -> it.search("", "often")),
        new Use("a new group and its changes", FEW, PgIndexIT::groups),
        new Use("retained values", FEW, PgIndexIT::retained),
        new Use("a message that does not stay", LIST, PgIndexIT::expires),
        new Use("settings", FEW, PgIndexIT::configure),
        new Use("an export", 2 * LIST, PgIndexIT::export),
        new Use("the erasure of somebody who said little", FEW, PgIndexIT::erase));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void readsByIndex(Use use) {
    for (String mode : new String[] {"force_custom_plan", "force_generic_plan"}) {
      database.planFor(mode);
      Reads before = database.reads();
      here = new PgServices(loop, DATABASE.stores().address());
      use.work().accept(this);
      here.close();
      Reads after = database.reads();
      assertThat(after.scansOfTables()).as(mode).isEqualTo(before.scansOfTables());
      assertThat(after.rows() - before.rows()).as(mode).isBetween(1L, (long) use.mostRows());
    }
  }

  private SyncReply sync(String cursor) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(100).build();
    return loop.run(() -> here.services().sync().sync(by("alice"), request));
  }

  private void look() {
    GetConversationRequest get =
        GetConversationRequest.newBuilder().setConversationId(SHORT).build();
    loop.run(() -> here.services().conversations().get(by("alice"), get));
  }

  private void read(int seq) {
    ReadRequest read = ReadRequest.newBuilder().setConversationId(LONG).setSeq(seq).build();
    loop.run(() -> here.services().marks().read(by("alice"), read));
  }

  private void confirm() {
    MarkDeliveredRequest request =
        MarkDeliveredRequest.newBuilder()
            .addMarks(
                DeliveredMark.newBuilder().setConversationId(LONG).setUserId("u10").setSeq(100))
            .build();
    loop.run(() -> here.services().marks().markDelivered(by("").deadline(), request));
  }

  private void badge() {
    BadgesRequest request =
        BadgesRequest.newBuilder()
            .addQueries(BadgeQuery.newBuilder().setConversationId(SHORT).setUserId("alice"))
            .build();
    loop.run(() -> here.services().marks().badges(request));
  }

  private void history() {
    long middle = Instant.now().minus(Duration.ofHours(2)).getEpochSecond();
    HistoryRequest page = HistoryRequest.newBuilder().setConversationId(LONG).setLimit(50).build();
    Stream.of(
            page,
            page.toBuilder().setAfterSeq(7000).build(),
            page.toBuilder().setBeforeSeq(7000).build(),
            page.toBuilder().setAroundSeq(7000).build(),
            page.toBuilder().setThreadSeq(300).setLimit(5).build(),
            page.toBuilder().setSince(Timestamp.newBuilder().setSeconds(middle)).build())
        .forEach(
            request -> loop.run(() -> here.services().messages().history(by("alice"), request)));
  }

  private void talk() {
    SendRequest message =
        toConversation(LONG, "hi").toBuilder()
            .setContext(EntryContext.newBuilder().setReplyToSeq(300).addMentions("u10"))
            .build();
    int seq = send(message);
    assertThat(send(message)).isEqualTo(seq);
    Text other = Text.newBuilder().setBody("hello").build();
    send(change().setEdit(Edit.newBuilder().setSeq(seq).setText(other)).build());
    send(change().setReaction(Reaction.newBuilder().setSeq(seq).setKey("+")).build());
    send(change().setRecall(Recall.newBuilder().setSeq(seq)).build());
    send(change().setPin(Pin.newBuilder().setSeq(1000).setRemoved(true)).build());
    send(change().setPin(Pin.newBuilder().setSeq(1000)).build());
    send(toUser("u" + UUID.randomUUID(), "hi"));
    here.index();
  }

  private int send(SendRequest request) {
    return Given.get(here.send("alice", request)).getSeq();
  }

  private static SendRequest.Builder change() {
    return toConversation(LONG, "").toBuilder().clearContent();
  }

  private void lookUp(BiFunction<LookupService, Caller, Future<?>> question) {
    loop.run(() -> question.apply(here.services().lookups(), by("alice")).mapEmpty());
  }

  private void single() {
    GetEntriesRequest get =
        GetEntriesRequest.newBuilder().setConversationId(LONG).addSeqs(5).addSeqs(9000).build();
    lookUp((lookups, alice) -> lookups.get(alice, get));
  }

  private void versions() {
    VersionsRequest get = VersionsRequest.newBuilder().setConversationId(LONG).setSeq(100).build();
    lookUp((lookups, alice) -> lookups.versions(alice, get));
  }

  private void pinned() {
    PinnedRequest get = PinnedRequest.newBuilder().setConversationId(LONG).build();
    lookUp((lookups, alice) -> lookups.pinned(alice, get));
  }

  private void reactions() {
    ReactionsRequest get =
        ReactionsRequest.newBuilder().setConversationId(LONG).setSeq(100).setKey("+").build();
    lookUp((lookups, alice) -> lookups.reactions(alice, get));
  }

  private void receipts() {
    ReceiptsRequest get = ReceiptsRequest.newBuilder().setConversationId(LONG).setSeq(100).build();
    lookUp((lookups, alice) -> lookups.receipts(alice, get));
  }

  private void search(String conversation) {
    search(conversation, "word77");
  }

  private void search(String conversation, String words) {
    SearchRequest search =
        SearchRequest.newBuilder().setQuery(words).setConversationId(conversation).build();
    Given.get(here.call("messages.search", "alice", search));
  }

  private void groups() {
    CreateConversationRequest create =
        CreateConversationRequest.newBuilder().setKind(Kind.GROUP).addMembers("bob").build();
    String id =
        loop.run(() -> here.services().conversations().create(by("alice"), create))
            .getConversation()
            .getConversationId();
    call("members.invite", InviteRequest.newBuilder().setConversationId(id).addUserIds("carol"));
    call("conversations.members", MembersRequest.newBuilder().setConversationId(LONG));
    call(
        "members.remove",
        RemoveMembersRequest.newBuilder().setConversationId(id).addUserIds("carol"));
    call(
        "conversations.update",
        UpdateConversationRequest.newBuilder().setConversationId(id).setTitle("Trip"));
    String code =
        ((CreateCodeReply)
                call("members.createCode", CreateCodeRequest.newBuilder().setConversationId(id)))
            .getCode();
    call("members.lookup", LookupCodeRequest.newBuilder().setCode(code));
    JoinRequest join = JoinRequest.newBuilder().setConversationId(id).setCode(code).build();
    Given.get(here.call("members.join", "dora", join));
  }

  private void retained() {
    Custom value = Custom.newBuilder().setType("t").setData("x").build();
    send(change().setRetained(Retained.newBuilder().setKey("k").setCustom(value)).build());
    send(change().setRetained(Retained.newBuilder().setKey("k").setRemoved(true)).build());
    call("messages.retained", RetainedRequest.newBuilder().setConversationId(LONG));
  }

  private void expires() {
    EntryContext shortly = EntryContext.newBuilder().setExpiresAfterReadSeconds(0).build();
    String self = toUser("alice", "").getTo().getUserId();
    int seq = send(toUser(self, "note").toBuilder().setContext(shortly).build());
    assertThat(seq).isPositive();
    read(LargeDatabase.LENGTH);
    here.expire();
  }

  /** All conversations, and the first pages of many entries. */
  private void export() {
    String cursor = "";
    for (int entries = 0; entries < 3; ) {
      ExportReply page =
          (ExportReply)
              call(
                  "conversations.export",
                  ExportConversationsRequest.newBuilder().setCursor(cursor).setLimit(200));
      cursor = page.getCursor();
      entries += page.getLines(0).hasEntry() ? 1 : 0;
    }
  }

  private void erase() {
    String guest = "guest " + UUID.randomUUID();
    call("members.invite", InviteRequest.newBuilder().setConversationId(LONG).addUserIds(guest));
    int seq = send(toConversation(LONG, "welcome"));
    Reaction plus = Reaction.newBuilder().setSeq(seq).setKey("+").build();
    Given.get(here.send(guest, toConversation(LONG, "hi")));
    Given.get(here.send(guest, change().setReaction(plus).build()));
    Given.get(here.send("alice", toUser(guest, "hi")));
    String cursor = "";
    ExportReply page;
    do {
      ExportConversationsRequest next =
          ExportConversationsRequest.newBuilder().setCursor(cursor).build();
      page = (ExportReply) Given.get(here.call("conversations.export", guest, next));
      cursor = page.getCursor();
    } while (page.getMore());
    here.erase(guest);
  }

  private void configure() {
    call(
        "conversations.configure",
        ConfigureRequest.newBuilder().setConversationId(SHORT).setPinned(true));
  }

  private Message call(String method, Message.Builder request) {
    return Given.get(here.call(method, "alice", request.build()));
  }
}
