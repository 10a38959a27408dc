package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Erased;
import io.skein.protocol.v1.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The list of conversations")
class ConversationsTest {
  private final Conversations list = new Conversations(synced -> {}, () -> {});

  @Test
  @DisplayName("keeps nothing of what an erased user said last, and what another said")
  void erased() {
    assertThat(lastAfter("alice", "alice").getContentCase())
        .isEqualTo(Entry.ContentCase.CONTENT_NOT_SET);
    assertThat(lastAfter("alice", "alice").getSeq()).isEqualTo(1);
    assertThat(lastAfter("bob", "alice").getText().getBody()).isEqualTo("hi");
  }

  private Entry lastAfter(String sender, String erased) {
    Entry.Builder entry = Entry.newBuilder().setConversationId("c");
    Entry said =
        entry.clone().setSeq(1).setSender(sender).setText(Text.newBuilder().setBody("hi")).build();
    list.complete(0);
    list.synced(
        Conversation.newBuilder().setConversationId("c").setHeadSeq(1).setLastEntry(said).build());
    list.applied(
        entry
            .clone()
            .setSeq(2)
            .setSender(erased)
            .setErased(Erased.newBuilder().setUserId(erased))
            .build());
    return list.list().join().getFirst().getLastEntry();
  }
}
