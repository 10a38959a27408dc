package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A shard key")
class ShardKeysTest {
  @Test
  @DisplayName("of a message to a user is the same from both sides")
  void directFromBothSides() {
    ShardKeys.Route fromAlice = ShardKeys.of(method("messages.send"), "alice", sendTo("bob"));
    ShardKeys.Route fromBob = ShardKeys.of(method("messages.send"), "bob", sendTo("alice"));

    assertThat(fromAlice.key()).isEqualTo(fromBob.key());
    assertThat(fromAlice.key()).isEqualTo(ConversationIds.direct("alice", "bob").toString());
    assertThat(fromAlice.orderId()).isEqualTo("id-1");
  }

  @Test
  @DisplayName("does not confuse pairs whose ids join to the same text")
  void lengthsCount() {
    assertThat(ConversationIds.direct("ab", "c")).isNotEqualTo(ConversationIds.direct("a", "bc"));
    assertThat(ConversationIds.direct("a", "b").version()).isEqualTo(8);
    assertThat(ConversationIds.direct("a", "b").variant()).isEqualTo(2);
  }

  @Test
  @DisplayName("is the conversation, the caller, or nothing, as the method declares")
  void otherShards() {
    ByteString read =
        ReadRequest.newBuilder().setConversationId("c-1").setSeq(7).build().toByteString();
    assertThat(ShardKeys.of(method("conversations.read"), "alice", read).key()).isEqualTo("c-1");
    assertThat(ShardKeys.of(method("conversations.sync"), "alice", ByteString.EMPTY).key())
        .isEqualTo("alice");
    assertThat(ShardKeys.of(method("accounts.profiles"), "alice", ByteString.EMPTY).key())
        .isEmpty();
  }

  @Test
  @DisplayName("is refused for params that are no protobuf message")
  void brokenParams() {
    assertThatThrownBy(
            () ->
                ShardKeys.of(method("messages.send"), "alice", ByteString.copyFromUtf8("\u000f{")))
        .isInstanceOfSatisfying(
            SkeinException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private static MethodInfo method(String name) {
    return MethodTable.get().find(name).orElseThrow();
  }

  private static ByteString sendTo(String user) {
    return SendRequest.newBuilder()
        .setTo(Target.newBuilder().setUserId(user))
        .setClientMsgId("id-1")
        .setText(Text.newBuilder().setBody("hi"))
        .build()
        .toByteString();
  }
}
