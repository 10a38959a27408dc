package io.skein.message;

import static io.skein.message.Given.refusal;
import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.ClearRequest;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HideRequest;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.PinnedReply;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.SearchReply;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SeqRange;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.skein.protocol.v1.Text;
import io.skein.protocol.v1.VersionsReply;
import io.skein.protocol.v1.VersionsRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Single entries taken out of one's own sight")
class PgHideIT {
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

  private int send(String user, UnaryOperator<SendRequest.Builder> what) {
    return Given.get(here.send(user, what.apply(toConversation(trip, "").toBuilder()).build()))
        .getSeq();
  }

  private int say(String user, String text) {
    return Given.get(here.send(user, toConversation(trip, text))).getSeq();
  }

  private Future<Message> hide(String user, Integer... seqs) {
    return here.call(
        "messages.hide",
        user,
        HideRequest.newBuilder().setConversationId(trip).addAllSeqs(List.of(seqs)).build());
  }

  private List<Entry> history(String user) {
    HistoryRequest all =
        HistoryRequest.newBuilder().setConversationId(trip).setAfterSeq(0).setLimit(200).build();
    return loop.run(() -> here.services().messages().history(ServiceFixture.by(user), all))
        .getEntriesList();
  }

  private SyncReply sync(String user, String cursor) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).build();
    return loop.run(() -> here.services().sync().sync(ServiceFixture.by(user), request));
  }

  private Entry get(String user, int seq) {
    GetEntriesRequest request =
        GetEntriesRequest.newBuilder().setConversationId(trip).addSeqs(seq).build();
    return ((GetEntriesReply) Given.get(here.call("messages.get", user, request))).getEntries(0);
  }

  private List<Entry> versions(String user, int seq) {
    VersionsRequest request =
        VersionsRequest.newBuilder().setConversationId(trip).setSeq(seq).build();
    return ((VersionsReply) Given.get(here.call("messages.versions", user, request)))
        .getVersionsList();
  }

  private List<Entry> pinned(String user) {
    PinnedRequest request = PinnedRequest.newBuilder().setConversationId(trip).build();
    return ((PinnedReply) Given.get(here.call("messages.pinned", user, request))).getEntriesList();
  }

  private List<Entry> search(String user, String query) {
    SearchRequest request = SearchRequest.newBuilder().setQuery(query).build();
    return ((SearchReply) Given.get(here.call("messages.search", user, request))).getEntriesList();
  }

  private static void assertSaysNothing(Entry entry) {
    assertThat(entry.getState().getHidden()).isTrue();
    assertThat(entry.toBuilder().clearState().build())
        .as("neither content nor context")
        .isEqualTo(
            Entry.newBuilder()
                .setConversationId(entry.getConversationId())
                .setSeq(entry.getSeq())
                .setSender(entry.getSender())
                .setSentAt(entry.getSentAt())
                .setClientMsgId(entry.getClientMsgId())
                .build());
    assertThat(entry.getState().getAllFields()).hasSize(1);
  }

  @Test
  @DisplayName("Say nothing any more, wherever they are shown, and leave no gap; others see them")
  void hides() {
    int kept = say("alice", "breakfast at eight");
    int seq = say("alice", "lunch at noon");
    send("alice", it -> it.setPin(Pin.newBuilder().setSeq(seq)));
    Edit later =
        Edit.newBuilder().setSeq(seq).setText(Text.newBuilder().setBody("lunch at one")).build();
    int edit = send("alice", it -> it.setEdit(later));
    int reaction =
        send("carol", it -> it.setReaction(Reaction.newBuilder().setSeq(seq).setKey("+1")));
    here.index(behind);
    assertThat(search("bob", "lunch")).hasSize(1);

    Given.get(hide("bob", seq));
    List<Entry> seen = history("bob");
    assertThat(seen.stream().map(Entry::getSeq))
        .isEqualTo(IntStream.rangeClosed(1, reaction).boxed().toList());
    assertSaysNothing(seen.get(seq - 1));
    assertThat(seen.get(kept - 1).getText().getBody()).isEqualTo("breakfast at eight");
    assertSaysNothing(get("bob", seq));
    assertSaysNothing(seen.get(edit - 1));
    assertThat(versions("bob", seq)).isEmpty();
    assertThat(pinned("bob")).isEmpty();
    assertThat(search("bob", "lunch")).isEmpty();
    assertSaysNothing(sync("bob", "").getConversations(0).getLastEntry());

    assertThat(get("carol", seq).getText().getBody()).isEqualTo("lunch at one");
    assertThat(versions("carol", seq)).hasSize(2);
    assertThat(get("carol", seq).getState().getReactionsCount()).isEqualTo(1);
    assertThat(pinned("carol")).hasSize(1);
    assertThat(search("carol", "lunch")).hasSize(1);
  }

  @Test
  @DisplayName("Are told to one's other devices, now and with the next sync, in runs")
  void toldToDevices() {
    int first = say("alice", "1");
    int second = say("alice", "2");
    int third = say("alice", "3");
    int fourth = say("alice", "4");
    String cursor = sync("bob", "").getCursor();
    int unread = sync("bob", "").getTotalUnread();

    Given.get(hide("bob", fourth, first));
    Given.get(hide("bob", second, first));
    List<SeqRange> runs = List.of(run(first, second), run(fourth, fourth));
    List<Event> told =
        here.deliveries().stream()
            .filter(delivery -> delivery.getRecipientsList().equals(List.of("bob")))
            .map(ServiceFixture::event)
            .toList();
    assertThat(told.getLast().getSettings().getHiddenEntriesList()).isEqualTo(runs);
    Conversation changed = sync("bob", cursor).getConversations(0);
    assertThat(changed.getSettings().getHiddenEntriesList()).isEqualTo(runs);
    assertThat(sync("bob", "").getTotalUnread()).as("it moves no mark").isEqualTo(unread);
    assertThat(sync("carol", cursor).getConversationsList()).noneMatch(Conversation::hasSettings);

    ClearRequest clear = ClearRequest.newBuilder().setConversationId(trip).setSeq(second).build();
    Given.get(here.call("conversations.clear", "bob", clear));
    Given.get(hide("bob", third));
    assertThat(sync("bob", "").getConversations(0).getSettings().getHiddenEntriesList())
        .as("what is out of sight anyway need not be told")
        .containsExactly(run(third, fourth));
  }

  private static SeqRange run(int first, int last) {
    return SeqRange.newBuilder().setFirstSeq(first).setLastSeq(last).build();
  }

  @Test
  @DisplayName("Are entries that are there, a hundred at once, and a thousand runs at most")
  void refuses() {
    int seq = say("alice", "1");
    assertThat(refusal(hide("mallory", seq))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(hide("bob", seq + 1))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(hide("bob", -1))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(hide("bob", 0))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(hide("bob"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    Integer[] many = IntStream.rangeClosed(1, 101).boxed().toArray(Integer[]::new);
    assertThat(refusal(hide("bob", many))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(history("bob")).noneMatch(entry -> entry.getState().getHidden());
  }

  @Test
  @DisplayName("Have a bound, which clearing makes room below")
  void bounded() {
    Given.get(
        Future.join(
            IntStream.rangeClosed(1, 2_002)
                .mapToObj(i -> here.send("alice", toConversation(trip, "x")))
                .toList()));
    for (int from = 2; from < 2_000; from += 200) {
      Given.get(
          hide(
              "bob",
              IntStream.range(0, 100).map(everySecond(from)).boxed().toArray(Integer[]::new)));
    }
    assertThat(refusal(hide("bob", 2_002))).isEqualTo(ErrorCode.TOO_LARGE);
    Given.get(hide("bob", 3));
    Given.get(hide("bob", 2_002));
  }

  private static IntUnaryOperator everySecond(int from) {
    return i -> from + 2 * i;
  }
}
