package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.PinnedReply;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReactionsReply;
import io.skein.protocol.v1.ReactionsRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Carol, who has read and written one message with the others, is removed from the group. */
@DisplayName("What a former member can still see, in Postgres")
class PgFormerMembersIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgServices here;
  private String trip;
  private int bobs;
  private int carols;
  private int removal;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    here = new PgServices(loop, database);
    trip =
        new Given(new PgStores(loop.vertx(), database)).group("alice", "bob", "carol").toString();
    bobs = send("bob", request -> request.setText(text("at noon")));
    carols = send("carol", request -> request.setText(text("fine")));
    send("alice", request -> request.setReaction(heart(bobs)));
    call(
        "members.remove",
        "alice",
        RemoveMembersRequest.newBuilder().setConversationId(trip).addUserIds("carol").build());
    removal = history("alice").getLast().getSeq();
  }

  @AfterEach
  void stop() {
    here.close();
  }

  private static Text text(String body) {
    return Text.newBuilder().setBody(body).build();
  }

  private static Reaction heart(int seq) {
    return Reaction.newBuilder().setSeq(seq).setKey("heart").build();
  }

  private int send(String from, UnaryOperator<SendRequest.Builder> content) {
    SendRequest.Builder request = toConversation(trip, "").toBuilder().clearContent();
    return ((SendReply) call("messages.send", from, content.apply(request).build())).getSeq();
  }

  private Message call(String method, String user, Message request) {
    return Given.get(here.call(method, user, request));
  }

  private List<Entry> history(String user) {
    HistoryRequest all = HistoryRequest.newBuilder().setConversationId(trip).setLimit(200).build();
    return ((HistoryReply) call("messages.history", user, all)).getEntriesList();
  }

  private Entry entry(int seq) {
    GetEntriesRequest one =
        GetEntriesRequest.newBuilder().setConversationId(trip).addSeqs(seq).build();
    return ((GetEntriesReply) call("messages.get", "carol", one)).getEntries(0);
  }

  @Test
  @DisplayName("Messages stay as they were, whatever is made of them later")
  void laterChanges() {
    send("bob", request -> request.setEdit(Edit.newBuilder().setSeq(bobs).setText(text("at six"))));
    send("bob", request -> request.setReaction(heart(carols)));
    send("alice", request -> request.setPin(Pin.newBuilder().setSeq(bobs)));

    assertThat(history("carol").getLast().getSeq()).isEqualTo(removal);
    assertThat(history("carol")).contains(entry(bobs), entry(carols));
    assertThat(entry(bobs).getText().getBody()).isEqualTo("at noon");
    assertThat(entry(bobs).hasState()).isFalse();
    assertThat(entry(carols).hasState()).isFalse();
    PinnedRequest pinned = PinnedRequest.newBuilder().setConversationId(trip).build();
    assertThat(((PinnedReply) call("messages.pinned", "carol", pinned)).getEntriesList()).isEmpty();
  }

  @Test
  @DisplayName("A recall takes the content back from them too")
  void laterRecall() {
    send("bob", request -> request.setRecall(Recall.newBuilder().setSeq(bobs)));
    assertThat(entry(bobs).hasText()).isFalse();
    assertThat(entry(bobs).getState().getRecalled()).isTrue();
  }

  @Test
  @DisplayName("Who reacts and who reads is not theirs to know any more")
  void others() {
    send("bob", request -> request.setReaction(heart(carols)));
    ReactionsRequest who =
        ReactionsRequest.newBuilder()
            .setConversationId(trip)
            .setSeq(carols)
            .setKey("heart")
            .build();
    assertThat(((ReactionsReply) call("messages.reactions", "bob", who)).getUserIdsList())
        .containsExactly("bob");
    assertThat(((ReactionsReply) call("messages.reactions", "carol", who)).getUserIdsList())
        .isEmpty();
    ReceiptsRequest receipts =
        ReceiptsRequest.newBuilder().setConversationId(trip).setSeq(carols).build();
    Future<Message> refused = here.call("messages.receipts", "carol", receipts);
    assertThat(Given.get(refused.otherwise(failure -> null))).isNull();
    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }
}
