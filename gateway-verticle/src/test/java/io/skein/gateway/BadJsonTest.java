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
  @ValueSource(
      strings = {
        "hello",
        "{\"id\":1,\"method\":\"ping\"} trailing",
        "{\"id\":1,\"method\":\"ping\",\"method\":\"ping\"}",
        "{\"id\":1,/* comment */\"method\":\"ping\"}",
        "{'id':1,'method':'ping'}",
        "[1]",
        "{\"id\":\"1\",\"method\":\"ping\"}",
        "{\"id\":1,\"method\":7}",
        "{\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "{\"id\":1,\"method\":\"ping\",\"more\":1}",
        "{\"id\":-1,\"method\":\"ping\"}",
        "{\"id\":1,\"method\":\"ping\""
      })
  @DisplayName("a line that is no frame is answered with id 0")
  void answersBrokenLines(String line) {
    try (TcpJson client = json()) {
      client.send(line);
      assertThat(client.error(0).getString("code")).isEqualTo("invalid_argument");
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
      assertThat(client.error(0).getString("message")).contains("UTF-8");
      client.assertAlive();
    }
  }

  @Test
  @DisplayName("a line nested ten thousand deep")
  void answersDeepNesting() {
    try (TcpJson client = json()) {
      String deep = "[".repeat(10_000) + "]".repeat(10_000);
      client.send("{\"id\":1,\"method\":\"ping\",\"params\":{\"x\":" + deep + "}}");
      assertThat(client.error(0).getString("message")).contains("nested too deeply");
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
