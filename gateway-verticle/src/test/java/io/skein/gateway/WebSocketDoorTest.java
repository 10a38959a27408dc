package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import io.skein.protocol.CloseCode;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The WebSocket door")
class WebSocketDoorTest extends GatewayTest {
  private static final int TEXT = 0x81;
  private static final int TEXT_BEGINS = 0x01;
  private static final int LAST_FRAGMENT = 0x80;
  private static final int COMPRESSED = 0x40;

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withLimits(defaults.limits().withMaxFrameBytes(10_000));
  }

  @Test
  @DisplayName("connects, sends and gets pushes in JSON")
  void talksJson() throws Exception {
    try (WebSocketTester alice = WebSocketTester.json(gateway.ports().http())) {
      assertThat(alice.subprotocol()).isEqualTo("skein.v1.json");
      alice.connect("alice");
      alice.send(
          "{\"id\":2,\"method\":\"messages.send\",\"params\":{\"to\":{\"userId\":\"bob\"},\"clientMsgId\":\"m\",\"text\":{\"body\":\"你好\"}}}");
      assertThat(new JsonObject(alice.text()).getJsonObject("result").getInteger("seq"))
          .isEqualTo(1);
      assertThat(services.sent.getFirst().request().getText().getBody()).isEqualTo("你好");
      push("alice", 3, entry(2, "bob", "👋"));
      JsonObject pushed = new JsonObject(alice.text());
      assertThat(pushed.getInteger("push")).isEqualTo(3);
      assertThat(pushed.getJsonObject("data").getJsonObject("text").getString("body"))
          .isEqualTo("👋");
    }
    await().until(() -> services.closed.size() == 1);
  }

  @Test
  @DisplayName("takes several frames in one message, and a message in fragments")
  void sharesMessages() throws Exception {
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      client.send("{\"id\":1,\"method\":\"ping\"}\n{\"id\":2,\"method\":\"ping\"}\n");
      assertThat(replies(client, 2)).isEqualTo("12");
      client
          .sendPart("{\"id\":3,\"met", false)
          .sendPart("hod\":\"pi", false)
          .sendPart("ng\"}", true);
      assertThat(replies(client, 1)).isEqualTo("3");
    }
  }

  private static String replies(WebSocketTester client, int count) throws InterruptedException {
    StringBuilder ids = new StringBuilder();
    while (ids.length() < count) {
      client.text().lines().map(JsonObject::new).forEach(f -> ids.append(f.getInteger("id")));
    }
    return ids.toString();
  }

  @Test
  @DisplayName("speaks protobuf, several frames in one message")
  void talksProto() throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int id = 1; id <= 3; id++) {
      ClientFrame.newBuilder().setId(id).setMethod("ping").build().writeDelimitedTo(message);
    }
    try (WebSocketTester client = WebSocketTester.proto(gateway.ports().http())) {
      client.send(message.toByteArray());
      int expected = 1;
      while (expected <= 3) {
        ByteArrayInputStream in = new ByteArrayInputStream(client.binary());
        ServerFrame frame = ServerFrame.parseDelimitedFrom(in);
        while (frame != null) {
          assertThat(frame.getId()).isEqualTo(expected++);
          frame = ServerFrame.parseDelimitedFrom(in);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{\"id\":1,\"method\":\"ping\"} trailing",
        "{\"id\":1,\"method\":\"ping\",\"params\":{\"\\ud800\":1}}",
        "{\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "{\"id\":1,\"method\":\"nope\"}",
        "{\"id\":1,\"method\":\"messages.send\",\"params\":{}}"
      })
  @DisplayName("answers what is no call with an error, and goes on")
  void answersBrokenCalls(String text) throws Exception {
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      client.send(text);
      assertThat(new JsonObject(client.text()).getJsonObject("error")).isNotNull();
      client.send("{\"id\":2,\"method\":\"ping\"}");
      assertThat(replies(client, 1)).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("closes with WebSocket's code 1007 on a text that is not UTF-8, after bye")
  void refusesBrokenUtf8() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(gateway.ports().http())) {
      socket.handshake("Sec-WebSocket-Protocol: skein.v1.json\r\n");
      byte[] latin = "{\"id\":1,\"method\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
      socket.frame(TEXT, latin);
      assertThat(socket.text()).contains("bye", "4500", "not valid UTF-8");
      assertThat(socket.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  @DisplayName("takes a character whose bytes are in two fragments of a text")
  void takesSplitCharacters() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(gateway.ports().http())) {
      socket.handshake("Sec-WebSocket-Protocol: skein.v1.json\r\n");
      byte[] text = "{\"id\":7,\"method\":\"é\"}".getBytes(StandardCharsets.UTF_8);
      int within = text.length - 3;
      socket.frame(TEXT_BEGINS, Arrays.copyOfRange(text, 0, within));
      socket.frame(LAST_FRAGMENT, Arrays.copyOfRange(text, within, text.length));
      assertThat(socket.text()).startsWith("{\"id\":7,\"error\":").contains("unimplemented");
    }
  }

  @Test
  @DisplayName("closes with a protocol error on a frame that does not end within its message")
  void refusesHalfFrames() throws Exception {
    try (WebSocketTester client = WebSocketTester.proto(gateway.ports().http())) {
      client.send(new byte[] {20, 1, 2, 3});
      assertThat(client.closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR.code());
    }
  }

  @Test
  @DisplayName("closes with a protocol error on a binary message where text was chosen")
  void refusesTheOtherKind() throws Exception {
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      client.send(new byte[] {1});
      JsonObject bye = new JsonObject(client.text());
      assertThat(bye.getString("event")).isEqualTo("bye");
      assertThat(bye.getJsonObject("data").getInteger("code"))
          .isEqualTo(CloseCode.PROTOCOL_ERROR.code());
      assertThat(client.closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR.code());
    }
  }

  @Test
  @DisplayName("says bye with the close code that follows it")
  void saysBye() throws Exception {
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      client.send("{\"id\":1,\"method\":\"" + "x".repeat(20_000) + "\"}");
      JsonObject bye = new JsonObject(client.text());
      assertThat(bye.getJsonObject("data").getInteger("code"))
          .isEqualTo(CloseCode.FRAME_TOO_LARGE.code());
      assertThat(bye.getJsonObject("data").getBoolean("reconnect")).isFalse();
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  @DisplayName("closes with 1009 on a message larger than allowed, in one frame or in many")
  void refusesLargeMessages() throws Exception {
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      client.send("x".repeat(100_000));
      assertThat(client.closeCode()).isEqualTo(1009);
    }
    try (WebSocketTester client = WebSocketTester.json(gateway.ports().http())) {
      for (int i = 0; i < 5; i++) {
        client.sendPart("x".repeat(9_000), false);
      }
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  @DisplayName("closes with a protocol error on a compressed frame, and negotiates no compression")
  void refusesCompression() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(gateway.ports().http())) {
      String head =
          socket.handshake(
              "Sec-WebSocket-Protocol: skein.v1.json\r\n"
                  + "Sec-WebSocket-Extensions: permessage-deflate\r\n");
      assertThat(head).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
      byte[] ping = "{\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
      socket.frame(TEXT, ping);
      assertThat(socket.text()).startsWith("{\"id\":1,\"result\":");
      socket.frame(TEXT | COMPRESSED, ping);
      assertThat(socket.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  @DisplayName("answers an upgrade without a known subprotocol with 400 and says why")
  void needsASubprotocol() throws Exception {
    for (String header : new String[] {"", "Sec-WebSocket-Protocol: chat, mqtt\r\n"}) {
      try (RawWebSocket socket = new RawWebSocket(gateway.ports().http())) {
        String head = socket.handshake(header);
        assertThat(head).startsWith("HTTP/1.1 400");
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        assertThat(socket.body(length)).contains("invalid_argument", "skein.v1.json");
      }
    }
  }
}
