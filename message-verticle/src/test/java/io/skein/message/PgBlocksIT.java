package io.skein.message;

import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SignalRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bob has enough of alice. */
@DisplayName("Who has been blocked")
class PgBlocksIT {
  @RegisterExtension final EventLoop loop = new EventLoop();

  private PgStores behind;
  private PgServices here;
  private PgServices there;

  @BeforeEach
  void start() {
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    here = new PgServices(loop, database);
    there = new PgServices(loop, database);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  @Test
  @DisplayName("writes and signals to the other one no more, but is written to, until unblocked")
  void direct() {
    SendReply first = sent("alice", "bob", "hi");
    here.block("bob", "alice", true);
    for (PgServices each : List.of(here, there)) {
      assertThat(refusal(each.send("alice", hello("bob")))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }
    assertThat(refusal(here.call("messages.signal", "alice", signal(first.getConversationId()))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    assertThat(refusal(here.send("alice", edit(first)))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    sent("bob", "alice", "leave me alone");

    here.block("bob", "alice", false);
    assertThat(sent("alice", "bob", "sorry").getSeq()).isEqualTo(3);
  }

  @Test
  @DisplayName("may still take back what was said")
  void recalls() {
    SendReply first = sent("alice", "bob", "hi");
    here.block("bob", "alice", true);
    SendRequest recall =
        toConversation(first.getConversationId(), "").toBuilder()
            .setRecall(Recall.newBuilder().setSeq(first.getSeq()))
            .build();
    assertThat(Given.get(here.send("alice", recall)).getSeq()).isEqualTo(2);
  }

  @Test
  @DisplayName("cannot begin a conversation either, which neither of them sees")
  void neverMet() {
    here.block("bob", "alice", true);
    assertThat(refusal(here.send("alice", hello("bob")))).isEqualTo(ErrorCode.PERMISSION_DENIED);
    for (String user : List.of("alice", "bob")) {
      assertThat(listed(user).getConversationsList()).isEmpty();
    }
    assertThat(sent("bob", "alice", "now I may").getSeq()).isEqualTo(1);
  }

  @Test
  @DisplayName("brings the other one into no group, neither by a new one nor by an invitation")
  void groups() {
    here.block("bob", "alice", true);
    assertThat(refusal(here.call("conversations.create", "alice", group("carol", "bob"))))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    String trip = new Given(behind).group("alice", "carol").toString();
    InviteRequest invite =
        InviteRequest.newBuilder()
            .setConversationId(trip)
            .addUserIds("dora")
            .addUserIds("bob")
            .build();
    assertThat(refusal(here.call("members.invite", "alice", invite)))
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
    assertThat(
            behind.number(
                "SELECT count(*) FROM message.member WHERE conversation_id = '" + trip + "'"))
        .isEqualTo(2);

    Given.get(here.call("members.invite", "carol", invite));
    assertThat(Given.get(here.send("alice", toConversation(trip, "hi all"))))
        .as("both may meet in groups")
        .isNotNull();
  }

  @Test
  @DisplayName("gets nothing in once the block is answered, whatever is under way")
  void races() {
    sent("alice", "bob", "hi");
    for (int round = 0; round < 20; round++) {
      List<Future<SendReply>> before = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        before.add(there.send("alice", hello("bob")));
      }
      here.block("bob", "alice", true);
      long head = behind.number("SELECT last_seq FROM message.conversation");
      assertThat(refusal(there.send("alice", hello("bob")))).isEqualTo(ErrorCode.PERMISSION_DENIED);
      await().until(() -> before.stream().allMatch(Future::isComplete));
      assertThat(behind.number("SELECT last_seq FROM message.conversation")).isEqualTo(head);
      here.block("bob", "alice", false);
    }
  }

  private SendReply sent(String from, String to, String text) {
    return Given.get(
        here.send(from, hello(to).toBuilder().setText(Text.newBuilder().setBody(text)).build()));
  }

  private static SendRequest hello(String to) {
    return toUser(to, "hello");
  }

  private static SendRequest edit(SendReply message) {
    return toConversation(message.getConversationId(), "").toBuilder()
        .setEdit(
            Edit.newBuilder()
                .setSeq(message.getSeq())
                .setText(Text.newBuilder().setBody("something else")))
        .build();
  }

  private static SignalRequest signal(String conversation) {
    return SignalRequest.newBuilder()
        .setConversationId(conversation)
        .setCustom(Custom.newBuilder().setType("typing").setData("{}"))
        .build();
  }

  private static CreateConversationRequest group(String... members) {
    return CreateConversationRequest.newBuilder()
        .setKind(Kind.GROUP)
        .addAllMembers(List.of(members))
        .build();
  }

  private SyncReply listed(String user) {
    Message reply =
        Given.get(here.call("conversations.sync", user, SyncRequest.getDefaultInstance()));
    return (SyncReply) reply;
  }

  private static ErrorCode refusal(Future<?> call) {
    await().until(call::isComplete);
    assertThat(call.cause()).isInstanceOf(SkeinException.class);
    return ((SkeinException) call.cause()).code();
  }
}
