package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.CAROL;
import static io.skein.message.ServiceFixture.by;
import static io.skein.message.ServiceFixture.toConversation;
import static io.skein.message.ServiceFixture.toUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Messages")
class MessageServiceTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  @Test
  @DisplayName("A message to a user is stored, answered, and pushed to all but the sending session")
  void sends() {
    SendReply reply = fixture.send(ALICE, toUser(BOB, "hi 你好 👋"));
    assertThat(reply.getSeq()).isEqualTo(1);
    assertThat(reply.hasSentAt()).isTrue();

    Delivery delivery = fixture.deliveries().getFirst();
    assertThat(delivery.getRecipientsList()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(delivery.getExcludeSession()).isEqualTo("alice-session");
    Entry entry = fixture.events().getFirst().getEntry();
    assertThat(entry.getText().getBody()).isEqualTo("hi 你好 👋");
    assertThat(entry.getConversationId()).isEqualTo(reply.getConversationId());
    assertThat(entry.getSentAt()).isEqualTo(reply.getSentAt());
  }

  @Test
  @DisplayName("Both write into the same direct conversation, by user or by its id")
  void findsTheDirectConversation() {
    SendReply first = fixture.send(ALICE, toUser(BOB, "1"));
    SendReply second = fixture.send(BOB, toUser(ALICE, "2"));
    SendReply third = fixture.send(BOB, toConversation(first.getConversationId(), "3"));
    assertThat(second.getConversationId()).isEqualTo(first.getConversationId());
    assertThat(List.of(first.getSeq(), second.getSeq(), third.getSeq())).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("Notes to oneself are a conversation with one member")
  void allowsNotesToSelf() {
    SendReply reply = fixture.send(ALICE, toUser(ALICE, "remember the milk"));
    assertThat(fixture.deliveries().getFirst().getRecipientsList()).containsExactly(ALICE);
    assertThat(history(ALICE, reply.getConversationId()).getEntriesCount()).isEqualTo(1);
    assertThat(fixture.refusal(() -> historyCall(BOB, request(reply.getConversationId()))))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("A user who does not exist is not found, and no conversation is made")
  void wantsAnExistingPeer() {
    SkeinException refused = fixture.refused(() -> sendCall(ALICE, toUser("nobody", "hi")));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused.toError().getField()).isEqualTo("to.userId");
    UUID id = DirectPair.of(ALICE, "nobody").conversationId();
    assertThat(Given.get(fixture.stores().conversations().exists(id))).isFalse();
  }

  @Test
  @DisplayName("The session service is asked for a peer only until the conversation is there")
  void asksOncePerPeer() {
    List<Future<SendReply>> replies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replies.add(fixture.start(() -> sendCall(ALICE, toUser(BOB, "hi"))));
    }
    replies.forEach(Given::get);
    int asked = fixture.accountQuestions();
    fixture.send(ALICE, toUser(BOB, "again"));
    fixture.send(BOB, toUser(ALICE, "and back"));
    assertThat(fixture.accountQuestions()).isEqualTo(asked);
  }

  @Test
  @DisplayName("Sent again it has the same seq, with another body it is a conflict")
  void keepsClientMsgIds() {
    SendRequest request = toUser(BOB, "once");
    SendReply first = fixture.send(ALICE, request);
    assertThat(fixture.send(ALICE, request)).isEqualTo(first);
    SendRequest other =
        request.toBuilder().setText(Text.newBuilder().setBody("something else")).build();
    SkeinException refused = fixture.refused(() -> sendCall(ALICE, other));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(refused.retryable()).isFalse();
    assertThat(refused.toError().getField()).isEqualTo("clientMsgId");
    assertThat(fixture.deliveries()).hasSize(1);
  }

  @Test
  @DisplayName("A message whose predecessor is not stored is refused for now")
  void keepsOrder() {
    SendRequest first = toUser(BOB, "1");
    SendRequest second = toUser(BOB, "2");
    Caller pipelined =
        new Caller(
            ALICE, "", Optional.of(UUID.fromString(first.getClientMsgId())), by(ALICE).deadline());
    SkeinException refused =
        fixture.refused(() -> fixture.services().messages().send(pipelined, second));
    assertThat(refused.code()).isEqualTo(ErrorCode.OUT_OF_ORDER);
    assertThat(refused.retryable()).isTrue();
    fixture.send(ALICE, first);
    SendReply reply = fixture.run(() -> fixture.services().messages().send(pipelined, second));
    assertThat(reply.getSeq()).isEqualTo(2);
  }

  @Test
  @DisplayName("Messages that are wrong in themselves are refused with the field that is wrong")
  void checksRequests() {
    SendRequest good = toUser(BOB, "hi");
    assertWrong(good.toBuilder().clearTo().build(), "to");
    assertWrong(good.toBuilder().setClientMsgId("").build(), "clientMsgId");
    assertWrong(good.toBuilder().setClientMsgId("not-a-uuid").build(), "clientMsgId");
    assertWrong(good.toBuilder().clearText().build(), "");
    assertWrong(toUser(BOB, ""), "text.body");
    assertWrong(toUser(BOB, "nul \0 inside"), "text.body");
    assertWrong(toUser("", "hi"), "to.userId");
    assertWrong(toUser("b\u0007ob", "hi"), "to.userId");
    assertWrong(toUser("b".repeat(65), "hi"), "to.userId");
    assertWrong(toConversation("42", "hi"), "to.conversationId");
    assertWrong(
        good.toBuilder().setCustom(Custom.newBuilder().setData("{}")).build(), "custom.type");
    assertThat(fixture.entries().batches()).isEmpty();
  }

  @Test
  @DisplayName("65,536 bytes go through, one more is too large; bytes count, not characters")
  void boundsBodies() {
    fixture.send(ALICE, toUser(BOB, "x".repeat(65_536)));
    assertThat(fixture.refusal(() -> sendCall(ALICE, toUser(BOB, "x".repeat(65_537)))))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(fixture.refusal(() -> sendCall(ALICE, toUser(BOB, "界".repeat(21_846)))))
        .isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  @DisplayName("An emoji user id is as good as any")
  void allowsAnyUserId() {
    assertThat(fixture.refusal(() -> sendCall(ALICE, toUser("🦢", "hi"))))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  @DisplayName("One poisoned message among 255 good ones is refused alone")
  void isolatesPoison() {
    fixture
        .entries()
        .failBefore(
            batch ->
                batch.drafts().stream()
                        .anyMatch(draft -> Given.bodyOf(draft.content().body()).equals("poison"))
                    ? Optional.of(new PgException("bad value", "ERROR", "22021", ""))
                    : Optional.empty());
    List<Future<SendReply>> replies = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      String body = i == 77 ? "poison" : "good";
      replies.add(fixture.start(() -> sendCall(ALICE, toUser(BOB, body))));
    }
    for (int i = 0; i < 256; i++) {
      Future<SendReply> reply = replies.get(i);
      if (i == 77) {
        assertThat(fixture.refusal(() -> reply)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      } else {
        assertThat(Given.get(reply).getSeq()).isEqualTo(i < 77 ? i + 1 : i);
      }
    }
  }

  @Test
  @DisplayName("When the database is away the answer is retryable, and the next call is good again")
  void survivesALostDatabase() {
    fixture
        .entries()
        .failBefore(batch -> Optional.of(new PgException("going down", "FATAL", "57P01", "")));
    SkeinException refused = fixture.refused(() -> sendCall(ALICE, toUser(BOB, "hi")));
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refused.retryable()).isTrue();
    fixture.entries().failBefore(batch -> Optional.empty());
    assertThat(fixture.send(ALICE, toUser(BOB, "hi")).getSeq()).isEqualTo(1);
  }

  @Test
  @DisplayName("History comes after or before a seq, the newest when neither is given")
  void readsHistory() {
    String id = tenMessages();
    assertThat(seqs(request(id).toBuilder().setAfterSeq(0).setLimit(3))).containsExactly(1, 2, 3);
    assertThat(seqs(request(id).toBuilder().setAfterSeq(8))).containsExactly(9, 10);
    assertThat(seqs(request(id).toBuilder().setBeforeSeq(4).setLimit(2))).containsExactly(2, 3);
    assertThat(seqs(request(id).toBuilder().setLimit(2))).containsExactly(9, 10);
    assertThat(history(BOB, id).getHeadSeq()).isEqualTo(10);
  }

  @Test
  @DisplayName("A huge seq is beyond the end, a reversed range and a huge page are errors")
  void checksHistoryRanges() {
    String id = tenMessages();
    int huge = -1; // 4,294,967,295 as uint32
    assertThat(seqs(request(id).toBuilder().setAfterSeq(huge))).isEmpty();
    assertThat(seqs(request(id).toBuilder().setAfterSeq(Integer.MAX_VALUE))).isEmpty();
    assertThat(seqs(request(id).toBuilder().setBeforeSeq(huge).setLimit(1))).containsExactly(10);
    assertThat(seqs(request(id).toBuilder().setBeforeSeq(0))).isEmpty();
    HistoryRequest both = request(id).toBuilder().setAfterSeq(8).setBeforeSeq(3).build();
    assertThat(fixture.refusal(() -> historyCall(BOB, both))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    HistoryRequest long1 = request(id).toBuilder().setLimit(201).build();
    assertThat(fixture.refusal(() -> historyCall(BOB, long1)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    HistoryRequest negative = request(id).toBuilder().setLimit(-1).build();
    assertThat(fixture.refusal(() -> historyCall(BOB, negative)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("To a stranger an existing conversation looks like one that does not exist")
  void hidesConversations() {
    String id = tenMessages();
    String none = UUID.randomUUID().toString();
    assertThat(fixture.refused(() -> historyCall(CAROL, request(id))).toError())
        .isEqualTo(fixture.refused(() -> historyCall(CAROL, request(none))).toError());
    assertThat(fixture.refused(() -> sendCall(CAROL, toConversation(id, "hi"))).toError())
        .isEqualTo(fixture.refused(() -> sendCall(CAROL, toConversation(none, "hi"))).toError());
  }

  private String tenMessages() {
    String id = "";
    for (int i = 0; i < 10; i++) {
      id = fixture.send(ALICE, toUser(BOB, "n" + i)).getConversationId();
    }
    return id;
  }

  private void assertWrong(SendRequest request, String field) {
    SkeinException refused = fixture.refused(() -> sendCall(ALICE, request));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.toError().getField()).isEqualTo(field);
  }

  private Future<SendReply> sendCall(String from, SendRequest request) {
    return fixture.services().messages().send(by(from), request);
  }

  private List<Integer> seqs(HistoryRequest.Builder request) {
    return fixture.run(() -> historyCall(BOB, request.build())).getEntriesList().stream()
        .map(Entry::getSeq)
        .toList();
  }

  private HistoryReply history(String user, String id) {
    return fixture.run(() -> historyCall(user, request(id)));
  }

  private Future<HistoryReply> historyCall(String user, HistoryRequest request) {
    return fixture.services().messages().history(by(user), request);
  }

  private static HistoryRequest request(String id) {
    return HistoryRequest.newBuilder().setConversationId(id).build();
  }
}
