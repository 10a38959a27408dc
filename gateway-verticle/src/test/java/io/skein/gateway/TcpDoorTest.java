package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.skein.protocol.CloseCode;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.PingReply;
import io.skein.protocol.v1.PingRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The TCP door")
class TcpDoorTest extends GatewayTest {

  @Test
  @DisplayName("connects, sends and gets pushes in JSON lines")
  void talksJson() {
    try (TcpJson alice = json()) {
      alice.call(
          3,
          "connect",
          "{\"token\":\"alice\",\"device\":{\"id\":\"phone-1\",\"platform\":\"android\"}}");
      JsonObject connected = alice.result(3);
      assertThat(connected.getString("userId")).isEqualTo("alice");
      assertThat(connected.getInteger("heartbeatSeconds")).isEqualTo(30);
      assertThat(connected.getJsonObject("limits").getInteger("maxInFlight")).isEqualTo(64);

      alice.message(4, "bob", "hi 你好 👋");
      assertThat(alice.result(4).getInteger("seq")).isEqualTo(1);
      FakeServices.SentMessage sent = services.sent.getFirst();
      assertThat(sent.request().getText().getBody()).isEqualTo("hi 你好 👋");
      assertThat(sent.caller().getUserId()).isEqualTo("alice");
      assertThat(sent.caller().getDeviceId()).isEqualTo("phone-1");
      assertThat(sent.caller().getSessionId()).isEqualTo(connected.getString("sessionId"));
      assertThat(sent.left()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));

      assertThat(push("alice", 7, entry(2, "bob", "hello")).getMissingSessionsList()).isEmpty();
      JsonObject pushed = alice.next();
      assertThat(pushed.getString("event")).isEqualTo("entry");
      assertThat(pushed.getInteger("push")).isEqualTo(7);
      assertThat(pushed.getJsonObject("data").getJsonObject("text").getString("body"))
          .isEqualTo("hello");
      alice.call(5, "ping", "{}");
      assertThat(alice.result(5).getInteger("lastPush")).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("connects, sends and gets pushes in protobuf")
  void talksProto() throws Exception {
    try (TcpProto alice = new TcpProto(gateway.ports().tcp()).connect("alice")) {
      SendRequest request =
          SendRequest.newBuilder()
              .setTo(Target.newBuilder().setUserId("bob"))
              .setClientMsgId("m-1")
              .setText(Text.newBuilder().setBody("hi"))
              .build();
      assertThat(SendReply.parseFrom(alice.call(2, "messages.send", request).result(2)).getSeq())
          .isEqualTo(1);
      assertThat(services.sent.getFirst().request()).isEqualTo(request);

      push("alice", 300, entry(2, "bob", "hello"));
      var pushed = alice.next();
      assertThat(pushed.getId()).isZero();
      assertThat(pushed.getEvent().getPush()).isEqualTo(300);
      assertThat(pushed.getEvent().getEntry().getText().getBody()).isEqualTo("hello");
      alice.call(3, "ping", PingRequest.getDefaultInstance());
      assertThat(PingReply.parseFrom(alice.result(3)).getLastPush()).isEqualTo(300);
    }
  }

  @Test
  @DisplayName("takes a preamble and frames in any pieces, and lines with carriage returns")
  void takesPieces() {
    try (TcpJson client = TcpJson.raw(gateway.ports().tcp())) {
      String all =
          "SKEIN/1 json\r\n{\"id\":1,\"method\":\"ping\"}\r\n\r\n{\"id\":2,\"method\":\"ping\"}\n";
      for (byte one : all.getBytes(StandardCharsets.US_ASCII)) {
        client.send(new byte[] {one});
      }
      client.result(1);
      client.result(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HELLO\\n | ERROR unknown preamble",
        "SKEIN/2 json\\n | ERROR unknown preamble",
        "SKEIN/1 xml\\n | ERROR unknown preamble",
        "0123456789012345678901234567890123456789012345678901234567890123456789 | ERROR unknown",
        "\\026\\003\\001 | ERROR this port speaks plain text, and this looks like TLS",
        "GET / HTTP/1.1\\r\\n\\r\\n | HTTP/1.1 400 Bad Request"
      })
  @DisplayName("answers an unknown preamble, TLS and HTTP with a text, and closes")
  void refusesOtherProtocols(String start, String answer) {
    try (TcpJson client = TcpJson.raw(gateway.ports().tcp())) {
      client.send(start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
      assertThat(client.line()).startsWith(answer);
      String last = client.line();
      while (last != null) {
        last = client.line();
      }
    }
  }

  @Test
  @DisplayName("closes on a line longer than the limit")
  void refusesLongLines() {
    try (TcpJson client = json()) {
      client.send("{\"id\":1,\"method\":\"" + "x".repeat(300_000));
      assertThat(client.bye()).isEqualTo(CloseCode.FRAME_TOO_LARGE.code());
    }
  }

  @Test
  @DisplayName("closes on a length that lies, before anything of the frame is kept")
  void refusesLyingLengths() {
    try (TcpProto client = new TcpProto(gateway.ports().tcp())) {
      client.send(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0x7F, 1, 2, 3});
      assertThat(client.bye()).isEqualTo(CloseCode.FRAME_TOO_LARGE.code());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("closes on a length that is no varint and on a frame that is none")
  void refusesBrokenFrames(int kind) {
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1};
    byte[] broken = {3, 0x0A, 0x7F, 0x00};
    try (TcpProto client = new TcpProto(gateway.ports().tcp())) {
      client.send(kind == 0 ? endless : broken);
      assertThat(client.bye()).isEqualTo(CloseCode.PROTOCOL_ERROR.code());
    }
  }

  @Test
  @DisplayName("lets bye arrive at a client that goes on sending")
  void byeArrives() {
    for (int round = 0; round < 10; round++) {
      try (TcpProto client = new TcpProto(gateway.ports().tcp())) {
        byte[] flood = new byte[1_000_000];
        Arrays.fill(flood, (byte) 0xFF);
        client.send(flood);
        assertThat(client.bye()).isEqualTo(CloseCode.PROTOCOL_ERROR.code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "delivered", "messages.send", "accounts.login"})
  @DisplayName("answers params that are no request of the method, and goes on")
  void answersBrokenParams(String method) {
    // A text whose bytes are not UTF-8, and one that is shorter than its length.
    for (byte[] broken : new byte[][] {{0x0A, 1, (byte) 0xFF}, {0x12, 0x7F, 1}, {0x0A, 0x7F}}) {
      try (TcpProto alice = new TcpProto(gateway.ports().tcp()).connect("alice")) {
        alice.call(2, method, ByteString.copyFrom(broken));
        ServerFrame answer = alice.next();
        assertThat(answer.getId()).isEqualTo(2);
        assertThat(answer.getError().getCode()).isEqualTo("invalid_argument");
        alice.call(3, "ping", PingRequest.getDefaultInstance());
        alice.result(3);
      }
    }
  }

  @Test
  @DisplayName("does not mind fields that it does not know")
  void keepsUnknownFields() {
    try (TcpProto client = new TcpProto(gateway.ports().tcp())) {
      byte[] known = ClientFrame.newBuilder().setId(1).setMethod("ping").build().toByteArray();
      byte[] frame = new byte[known.length + 4];
      frame[0] = (byte) (known.length + 3);
      System.arraycopy(known, 0, frame, 1, known.length);
      // Field 100 as a varint.
      frame[known.length + 1] = (byte) 0xA0;
      frame[known.length + 2] = 0x06;
      frame[known.length + 3] = 0x01;
      client.send(frame);
      client.result(1);
    }
  }
}
