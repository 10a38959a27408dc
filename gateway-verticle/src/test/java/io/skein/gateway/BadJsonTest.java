package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bad JSON gets its error, and the connection survives")
class BadJsonTest extends GatewayTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | hello",
        "0 | [1]",
        "0 | {😀}",
        "0 | {'id':1,'method':'ping'}",
        "0 | {\"id\":\"1\",\"method\":\"ping\"}",
        "0 | {\"id\":-1,\"method\":\"ping\"}",
        "0 | {\"id\":4294967296,\"method\":\"ping\"}",
        "1 | {\"id\":1,\"method\":\"ping\"} trailing",
        "1 | {\"id\":1,\"method\":\"ping\",\"method\":\"ping\"}",
        "1 | {\"id\":1,/* comment */\"method\":\"ping\"}",
        "1 | {\"id\":1,\"method\":\"ping\"",
        "1 | {\"id\":1,\"method\":7}",
        "1 | {\"method\":[{}],\"id\":1}",
        "1 | {\"id\":1,\"method\":\"ping\",\"more\":1}",
        "1 | {\"more\":{\"id\":2},\"id\":1,\"method\":\"ping\"}",
        "1 | {\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "1 | {\"params\":7,\"method\":\"ping\",\"id\":1}",
        "1 | {\"id\":1,\"method\":\"ping\",\"params\":{\"a\":}}",
        "1 | {\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1,\"a\":2}}"
      })
  @DisplayName("a line that is no frame is answered with its id, or with 0 if that was not read")
  void answersBrokenLines(int id, String line) {
    try (TcpJson client = json()) {
      client.send(line);
      assertThat(client.error(id).getString("code")).isEqualTo("invalid_argument");
      client.assertAlive();
    }
  }

  @Test
  @DisplayName("a line that is not UTF-8")
  void answersBrokenUtf8() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("{\"id\":1,\"method\":\"".getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    line.writeBytes("\"}\n".getBytes(StandardCharsets.US_ASCII));
    try (TcpJson client = json()) {
      client.send(line.toByteArray());
      assertThat(client.error(1).getString("message")).contains("UTF-8");
      client.assertAlive();
    }
  }

  @Test
  @DisplayName("a line nested ten thousand deep, or one level too deep")
  void answersDeepNesting() {
    try (TcpJson client = json()) {
      client.send(nested(1, 10_000));
      assertThat(client.error(1).getString("message")).contains("nested too deeply");
      client.send(nested(2, 33));
      assertThat(client.error(2).getString("message")).contains("nested too deeply");
      client.send(nested(3, 32));
      JsonObject read = client.error(3);
      assertThat(read.getString("message")).isEqualTo("there is no such field");
      assertThat(read.getString("field")).isEqualTo("x");
      client.assertAlive();
    }
  }

  /** A call with so many levels in all; the frame and its params are the first two. */
  private static String nested(int id, int levels) {
    String deep = "[".repeat(levels - 2) + "]".repeat(levels - 2);
    return "{\"id\":%d,\"method\":\"ping\",\"params\":{\"x\":%s}}".formatted(id, deep);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"method\":\"ping\",\"\\ud800\":1}",
        "{\"id\":1,\"method\":\"ping\",\"params\":{\"\\ud800\":1}}",
        "{\"id\":1,\"\\udc00\":1,\"\\udc00\":2}",
        "{\"id\":1,\"method\":\"ping\",\"params\":{\"a\\u0000\":1}}",
        "{\"id\":1,\"method\":\"\\ud800\"}",
        "{\"id\":1,👋}"
      })
  @DisplayName("a name that is no text is not echoed")
  void doesNotEchoBrokenNames(String line) {
    try (TcpJson client = json()) {
      client.send(line);
      String answer = client.line();
      assertThat(answer).startsWith("{\"id\":1,\"error\":").doesNotContain("\\u", "?");
      client.assertAlive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"to\":\"bob\"} | to",
        "{\"to\":{\"userId\":7}} | to.userId",
        "{\"unknown\":1} | unknown",
        "{\"text\":{\"body\":\"\\ud800\"}} | text.body",
        "{\"text\":{\"body\":\"a\\u0000b\"}} | text.body"
      })
  @DisplayName("params that do not fit name the field, with the call's id")
  void answersWrongParams(String params, String field) {
    try (TcpJson client = json().connect("alice")) {
      client.call(2, "messages.send", params);
      JsonObject error = client.error(2);
      assertThat(error.getString("code")).isEqualTo("invalid_argument");
      assertThat(error.getString("field")).isEqualTo(field);
      assertThat(services.sent).isEmpty();
      client.assertAlive();
    }
  }
}
