package io.skein.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ServerFrame;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pushes in both encodings")
class EncodingsTest {
  private static final Event EVENT =
      Event.newBuilder().setEntry(Entry.newBuilder().setSeq(3).setSender("bob")).build();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 100_000, -1})
  @DisplayName("are the event with the number, as protobuf itself would write it")
  void proto(int number) throws Exception {
    Frame frame = Encodings.PROTO.push(number, pushed(EVENT.toByteString())).orElseThrow();
    ServerFrame decoded = ServerFrame.parseDelimitedFrom(new ByteArrayInputStream(bytes(frame)));
    assertThat(decoded)
        .isEqualTo(ServerFrame.newBuilder().setEvent(EVENT.toBuilder().setPush(number)).build());
  }

  @Test
  @DisplayName("share the event's bytes and differ in their beginning")
  void shared() {
    PushedEvent event = pushed(EVENT.toByteString());
    for (Encoding encoding : List.of(Encodings.PROTO, Encodings.JSON)) {
      assertThat(encoding.push(1, event).orElseThrow().body())
          .isSameAs(encoding.push(2, event).orElseThrow().body());
    }
  }

  @Test
  @DisplayName("are one line of JSON, with unsigned numbers")
  void json() {
    assertThat(text(Encodings.JSON.push(-1, pushed(EVENT.toByteString())).orElseThrow()))
        .isEqualTo(
            "{\"event\":\"entry\",\"push\":4294967295,\"data\":{\"conversationId\":\"\",\"seq\":3,"
                + "\"sender\":\"bob\",\"clientMsgId\":\"\"}}\n");
    assertThat(text(Encodings.JSON.push(0, pushed(EVENT.toByteString())).orElseThrow()))
        .startsWith("{\"event\":\"entry\",\"data\":{");
  }

  @Test
  @DisplayName("of a kind that only newer versions know reach protobuf clients whole")
  void unknownKinds() throws Exception {
    // Field 900, length-delimited.
    ByteString unknown = ByteString.copyFrom(new byte[] {(byte) 0xA2, 0x38, 1, 'x'});
    Frame frame = Encodings.PROTO.push(1, pushed(unknown)).orElseThrow();
    ServerFrame decoded = ServerFrame.parseDelimitedFrom(new ByteArrayInputStream(bytes(frame)));
    assertThat(decoded.getEvent().getUnknownFields().hasField(900)).isTrue();
    assertThat(text(Encodings.JSON.push(1, pushed(unknown)).orElseThrow()))
        .isEqualTo("{\"event\":\"unknown\",\"push\":1,\"data\":{}}\n");
  }

  @Test
  @DisplayName("that cannot be JSON are nothing there, and go out as protobuf")
  void unwritable() {
    PushedEvent event = pushed(ByteString.copyFrom(new byte[] {(byte) 0x82, 1, 127}));
    assertThat(Encodings.JSON.push(1, event)).isEmpty();
    assertThat(Encodings.JSON.push(2, event)).isEmpty();
    assertThat(Encodings.PROTO.push(3, event)).isPresent();
  }

  @Test
  @DisplayName("say in both encodings what may be dropped, and what supersedes what")
  void droppable() {
    Push signal = Push.newBuilder().setTransient(true).setCoalesceKey("cursor").build();
    for (Encoding encoding : List.of(Encodings.JSON, Encodings.PROTO)) {
      Frame frame = encoding.push(0, new PushedEvent(signal)).orElseThrow();
      assertThat(frame.droppable()).isTrue();
      assertThat(frame.key()).isEqualTo("cursor");
      Push durable = signal.toBuilder().setTransient(false).build();
      Frame kept = encoding.push(1, new PushedEvent(durable)).orElseThrow();
      assertThat(kept.droppable()).isFalse();
      assertThat(kept.key()).isEmpty();
    }
  }

  private static PushedEvent pushed(ByteString event) {
    return new PushedEvent(Push.newBuilder().setEvent(event).build());
  }

  private static byte[] bytes(Frame frame) {
    Buffer buffer = Buffer.buffer();
    frame.appendTo(buffer);
    assertThat(buffer.length()).isEqualTo(frame.size());
    return buffer.getBytes();
  }

  private static String text(Frame frame) {
    return new String(bytes(frame), StandardCharsets.UTF_8);
  }
}
