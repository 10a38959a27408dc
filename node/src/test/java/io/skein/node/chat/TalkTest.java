package io.skein.node.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The tick of the last message")
class TalkTest {
  private final Talk talk = Talk.with("alice", "bob", "id");

  @Test
  @DisplayName("goes from on its way over sent and delivered to read")
  void goesOn() {
    assertThat(talk.tick()).isEqualTo(Tick.NONE);
    talk.sending();
    assertThat(talk.tick()).isEqualTo(Tick.SENDING);
    talk.saw(Entry.newBuilder().setSeq(3).setSender("alice").build());
    talk.sent();
    assertThat(talk.tick()).isEqualTo(Tick.SENT);
    talk.marked(mark("bob", 3, 2));
    assertThat(talk.tick()).isEqualTo(Tick.DELIVERED);
    talk.marked(mark("bob", 0, 3));
    assertThat(talk.tick()).isEqualTo(Tick.READ);
  }

  @Test
  @DisplayName("counts neither own marks nor messages of others, and never goes back")
  void othersOnly() {
    talk.saw(Entry.newBuilder().setSeq(3).setSender("alice").build());
    talk.saw(Entry.newBuilder().setSeq(4).setSender("bob").build());
    talk.marked(mark("alice", 4, 4));
    assertThat(talk.tick()).isEqualTo(Tick.SENT);
    talk.marked(mark("bob", 4, 4));
    talk.marked(mark("bob", 1, 1));
    assertThat(talk.tick()).isEqualTo(Tick.READ);
  }

  private static Mark mark(String user, int delivered, int read) {
    return Mark.newBuilder().setUserId(user).setDeliveredSeq(delivered).setReadSeq(read).build();
  }
}
