package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that does not read")
class SlowConsumerTest extends GatewayTest {

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withLimits(defaults.limits().withMaxOutboundBytes(256 * 1024));
  }

  @Test
  @DisplayName("is closed at its byte limit, while others go on")
  void closesSlowConsumers() {
    String body = "x".repeat(50_000);
    try (TcpJson slow = json().connect("slow");
        TcpJson alice = json().connect("alice")) {
      int seq = 1;
      int accepted = 0;
      while (services.closed.isEmpty() && seq < 2_000) {
        if (push("slow", seq, entry(seq, "bob", body)).getMissingSessionsList().isEmpty()) {
          accepted = seq;
        }
        if (seq % 20 == 0) {
          push("alice", seq, entry(seq, "bob", "short"));
          assertThat(alice.next().getInteger("push")).isEqualTo(seq);
        }
        seq++;
      }
      assertThat(services.closed)
          .singleElement()
          .satisfies(s -> assertThat(s.getUserId()).isEqualTo("slow"));
      assertThat(mesh.meters().counter("skein_connection_closes_total", "code", "4002").count())
          .isEqualTo(1);
      assertNotified("slow", accepted);
      push("alice", seq, entry(seq, "bob", "still here"));
      assertThat(alice.next().getInteger("push")).isEqualTo(seq);
      String last = slow.line();
      int lines = 0;
      while (last != null) {
        lines++;
        last = slow.line();
      }
      assertThat(lines).isLessThan(seq);
    }
  }

  /** Also the one for which there was no room was taken from the session service. */
  private void assertNotified(String user, int seq) {
    await()
        .untilAsserted(
            () ->
                assertThat(services.hints)
                    .filteredOn(hint -> hint.getUserId().equals(user))
                    .singleElement()
                    .satisfies(hint -> assertThat(hint.getSeq()).isEqualTo(seq)));
  }

  @Test
  @DisplayName("loses transient events first, and stays")
  void dropsTransientFirst() {
    String body = "x".repeat(50_000);
    try (TcpJson slow = json().connect("slow")) {
      int pushed = 0;
      while (mesh.meters().counter("skein_push_dropped_total").count() < 5 && pushed < 2_000) {
        push("slow", 0, entry(1, "bob", body).setTransient(true));
        pushed++;
      }
      assertThat(services.closed).isEmpty();
      push("slow", 1, entry(1, "bob", "counts"));
      String line = slow.line();
      while (!line.contains("counts")) {
        line = slow.line();
      }
      slow.assertAlive();
    }
    await().until(() -> services.closed.size() == 1);
  }
}
