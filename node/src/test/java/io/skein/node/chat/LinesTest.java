package io.skein.node.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Text;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A shown message")
class LinesTest {
  private final Lines lines = linesAt("1970-01-01T20:00:00Z");

  @Test
  @DisplayName("has the time and who wrote it")
  void plain() {
    assertThat(lines.entry(from("bob", "hi 你好 👋"))).hasToString("08:05 bob: hi 你好 👋");
    assertThat(lines.entry(from("alice", "hi"))).hasToString("08:05 you: hi");
  }

  @Test
  @DisplayName("has the day as well, unless that is today")
  void earlier() {
    assertThat(linesAt("1970-01-02T00:00:01Z").entry(from("bob", "hi")))
        .hasToString("1970-01-01 08:05 bob: hi");
  }

  private static Lines linesAt(String now) {
    return new Lines("alice", Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
  }

  @Test
  @DisplayName("cannot steer the terminal")
  void controlCharacters() {
    assertThat(lines.entry(from("bob", "\u001b[2Jgone\u0007")))
        .hasToString("08:05 bob: \uFFFD[2Jgone\uFFFD");
  }

  @Test
  @DisplayName("counts wide characters as two columns")
  void columns() {
    assertThat(lines.entry(from("bob", "你好")).columnLength()).isEqualTo("08:05 bob: ".length() + 4);
  }

  private static Entry from(String sender, String body) {
    return Entry.newBuilder()
        .setSender(sender)
        .setSentAt(Timestamp.newBuilder().setSeconds((8 * 60 + 5) * 60))
        .setText(Text.newBuilder().setBody(body))
        .build();
  }
}
