package io.skein.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A WebSocket of the load")
class WebSocketFramingTest {
  private static final byte[] UPGRADED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final List<ServerFrame> frames = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final Framing.Sink sink =
      new Framing.Sink() {
        @Override
        public void frame(ServerFrame frame) {
          frames.add(frame);
        }

        @Override
        public void answer(byte[] bytes) {
          answers.add(bytes);
        }
      };

  @Test
  @DisplayName("asks for the encoding, and is open once the server agrees")
  void handshake() throws Exception {
    Framing framing = framing(Encoding.JSON);
    assertThat(new String(framing.greeting(), StandardCharsets.US_ASCII))
        .startsWith("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n")
        .contains("Sec-WebSocket-Protocol: skein.v1.json\r\n")
        .endsWith("\r\n\r\n");
    assertThat(framing.isOpen()).isFalse();
    framing.decode(UPGRADED, UPGRADED.length, sink);
    assertThat(framing.isOpen()).isTrue();
    byte[] refused = "HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> framing(Encoding.JSON).decode(refused, refused.length, sink))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("404");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 200, 70_000})
  @DisplayName("writes messages of any length, masked")
  void encode(int length) throws Exception {
    ClientFrame frame = ClientFrame.newBuilder().setId(7).setMethod("m".repeat(length)).build();
    byte[] payload = unmasked(framing(Encoding.PROTOBUF).encode(frame));
    assertThat(ClientFrame.parseDelimitedFrom(new java.io.ByteArrayInputStream(payload)))
        .isEqualTo(frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 200, 70_000})
  @DisplayName("reads messages of any length, whole or byte by byte, several frames in one")
  void decode(int length) throws Exception {
    ServerFrame frame =
        ServerFrame.newBuilder()
            .setId(7)
            .setError(Error.newBuilder().setMessage("x".repeat(length)))
            .build();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    frame.writeDelimitedTo(payload);
    frame.writeDelimitedTo(payload);
    byte[] message = message(0x82, payload.toByteArray());

    Framing whole = opened(Encoding.PROTOBUF);
    whole.decode(message, message.length, sink);
    assertThat(frames).containsExactly(frame, frame);
    frames.clear();

    Framing bytes = opened(Encoding.PROTOBUF);
    int step = Math.max(1, length / 50);
    for (int i = 0; i < message.length; i += step) {
      byte[] part = Arrays.copyOfRange(message, i, Math.min(i + step, message.length));
      bytes.decode(part, part.length, sink);
    }
    assertThat(frames).containsExactly(frame, frame);
  }

  @Test
  @DisplayName("puts the parts of a text message together")
  void parts() throws Exception {
    Framing framing = opened(Encoding.JSON);
    send(framing, message(0x01, "{\"id\":0,\"event\":\"res".getBytes(StandardCharsets.UTF_8)));
    assertThat(frames).isEmpty();
    send(framing, message(0x80, "ync\",\"data\":{}}".getBytes(StandardCharsets.UTF_8)));
    assertThat(frames).hasSize(1).first().matches(frame -> frame.getEvent().hasResync());
  }

  @Test
  @DisplayName("answers pings, and ends with the server's reason")
  void control() throws Exception {
    Framing framing = opened(Encoding.PROTOBUF);
    send(framing, message(0x89, new byte[] {1, 2, 3}));
    assertThat(unmasked(answers.getFirst())).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> send(framing, message(0x88, new byte[] {15, -96, 'b', 'y', 'e'})))
        .hasMessageContaining("bye");
  }

  private Framing opened(Encoding encoding) throws IOException {
    Framing framing = framing(encoding);
    send(framing, UPGRADED);
    return framing;
  }

  private void send(Framing framing, byte[] bytes) throws IOException {
    framing.decode(bytes, bytes.length, sink);
  }

  private static Framing framing(Encoding encoding) {
    return new Door(Endpoint.parse("ws://127.0.0.1"), encoding).newFraming();
  }

  /** As a server writes it. */
  private static byte[] message(int first, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(10 + payload.length).put((byte) first);
    if (payload.length < 126) {
      out.put((byte) payload.length);
    } else if (payload.length < 65_536) {
      out.put((byte) 126).putShort((short) payload.length);
    } else {
      out.put((byte) 127).putLong(payload.length);
    }
    out.put(payload);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** What a server reads. */
  private static byte[] unmasked(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    in.get();
    int length = in.get() & 0x7f;
    long size = length == 126 ? in.getShort() & 0xffff : length == 127 ? in.getLong() : length;
    byte[] mask = new byte[4];
    in.get(mask);
    byte[] payload = new byte[(int) size];
    in.get(payload);
    assertThat(in.hasRemaining()).isFalse();
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }
}
