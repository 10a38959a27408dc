package io.skein.node.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The echo bot")
class EchoBotTest {

  @Test
  @DisplayName(
      "answers an entry with the same text under one id, so that nothing is answered twice")
  void oneAnswer() {
    Entry entry = entry(7);
    SendRequest answer = EchoBot.answer(entry);
    assertThat(answer.getTo().getUserId()).isEqualTo("alice");
    assertThat(answer.getText().getBody()).isEqualTo("hi 👋");
    assertThat(answer.getClientMsgId()).hasSize(36);
    assertThat(EchoBot.answer(entry)).isEqualTo(answer);
    assertThat(EchoBot.answer(entry(8)).getClientMsgId()).isNotEqualTo(answer.getClientMsgId());
  }

  private static Entry entry(int seq) {
    return Entry.newBuilder()
        .setConversationId("c")
        .setSeq(seq)
        .setSender("alice")
        .setText(Text.newBuilder().setBody("hi 👋"))
        .build();
  }
}
