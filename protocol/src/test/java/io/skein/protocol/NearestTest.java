package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Finding what was meant")
class NearestTest {
  private static final List<String> NAMES =
      List.of("postgres.uri", "postgres.password", "redis.uri");

  @Test
  @DisplayName("the name with the fewest edits is taken; swapped, missing and wrong letters count")
  void nearest() {
    assertThat(Nearest.of("postgers.uri", NAMES)).contains("postgres.uri");
    assertThat(Nearest.of("postgres.pasword", NAMES)).contains("postgres.password");
    assertThat(Nearest.of("reddis.uri", NAMES)).contains("redis.uri");
  }

  @Test
  @DisplayName("a name in another style is meant, however many edits it is away")
  void style() {
    assertThat(Nearest.of("client_msg_id", List.of("clientMsgIt", "clientMsgId")))
        .contains("clientMsgId");
    assertThat(Nearest.of("client_msg_idx", List.of("clientMsgId"))).isEmpty();
  }

  @Test
  @DisplayName("what resembles nothing gets no suggestion")
  void nothing() {
    assertThat(Nearest.of("gateway.colour", NAMES)).isEmpty();
  }
}
