package io.skein.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.skein.client.Calls;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.Target;
import io.skein.protocol.v1.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Frames as JSON lines")
class JsonFrameCodecTest {
  private final JsonFrameCodec codec = new JsonFrameCodec(10_000);

  @Test
  @DisplayName("carry a call with its params")
  void call() {
    SendRequest request =
        SendRequest.newBuilder()
            .setTo(Target.newBuilder().setUserId("bob"))
            .setClientMsgId("6f1c")
            .setText(Text.newBuilder().setBody("hi 你好 👋"))
            .build();

    assertThat(encoded(4, "messages.send", request.toByteString()))
        .isEqualTo(
            """
            {"id":4,"method":"messages.send","params":\
            {"to":{"userId":"bob"},"clientMsgId":"6f1c","text":{"body":"hi 你好 👋"}}}
            """);
  }

  private String encoded(int id, String method, ByteString params) {
    byte[] line =
        codec.encode(
            ClientFrame.newBuilder().setId(id).setMethod(method).setParams(params).build());
    return new String(line, StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("bring a result in the message of what was called, whatever comes first")
  void result() throws IOException {
    encoded(4, "messages.send", SendRequest.getDefaultInstance().toByteString());

    ServerFrame frame =
        decoded("{\"result\":{\"conversationId\":\"c\",\"seq\":7},\"id\":4}\r\n").getFirst();

    assertThat(frame.getId()).isEqualTo(4);
    assertThat(Calls.SEND.decodeReply(frame.getResult()).getSeq()).isEqualTo(7);
  }

  @Test
  @DisplayName("are not remembered for ever when nobody answers them")
  void neverAnswered() throws IOException {
    encoded(0, "ping", ByteString.EMPTY);
    assertThat(codec.unanswered()).isZero();

    for (int id = 1; id <= JsonFrameCodec.MAX_UNANSWERED + 10; id++) {
      encoded(id, "ping", ByteString.EMPTY);
    }
    assertThat(codec.unanswered()).isEqualTo(JsonFrameCodec.MAX_UNANSWERED);

    decoded("{\"id\":11,\"result\":{}}\n{\"id\":12,\"error\":{}}\n");
    assertThat(codec.unanswered()).isEqualTo(JsonFrameCodec.MAX_UNANSWERED - 2);
  }

  @Test
  @DisplayName("bring an error")
  void error() throws IOException {
    ServerFrame frame =
        decoded(
                """
                {"id":8,"error":{"code":"rate_limited","message":"m","retryable":true,\
                "retryAfterMs":250}}
                """)
            .getFirst();

    assertThat(frame.getError().getCode()).isEqualTo("rate_limited");
    assertThat(frame.getError().getRetryAfterMs()).isEqualTo(250);
  }

  @Test
  @DisplayName("bring a push with its number")
  void push() throws IOException {
    Event event =
        decoded(
                """
                {"event":"entry","push":3,"data":{"conversationId":"c","seq":1,"sender":"alice",\
                "sentAt":"2026-12-01T08:00:00Z","text":{"body":"hi"}}}
                """)
            .getFirst()
            .getEvent();

    assertThat(event.getPush()).isEqualTo(3);
    assertThat(event.getEntry().getText().getBody()).isEqualTo("hi");
    assertThat(event.getEntry().getSentAt().getSeconds()).isEqualTo(1_796_112_000L);
  }

  @Test
  @DisplayName("may come in pieces or many at once, with empty lines between")
  void pieces() throws IOException {
    String lines = "{\"id\":1,\"error\":{}}\n\n{\"id\":2,\"error\":{}}\n{\"id\":3,\"error\":{}}\n";
    assertThat(decoded(lines)).extracting(ServerFrame::getId).containsExactly(1, 2, 3);
    List<ServerFrame> oneByOne = new ArrayList<>();
    for (byte next : lines.getBytes(StandardCharsets.UTF_8)) {
      codec.decode(new byte[] {next}, 1, oneByOne::add);
    }
    assertThat(oneByOne).extracting(ServerFrame::getId).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("of a newer server are read as far as they are known")
  void newer() throws IOException {
    List<ServerFrame> frames =
        decoded(
            """
            {"event":"hologram","push":4,"data":{"x":[1,{"y":2}]},"more":{"a":1}}
            {"event":"mark","push":5,"data":{"userId":"bob","readSeq":2,"mood":{"a":[]}}}
            """);

    assertThat(frames.get(0).getEvent().getPush()).isEqualTo(4);
    assertThat(frames.get(0).getEvent().getKindCase()).isEqualTo(Event.KindCase.KIND_NOT_SET);
    assertThat(frames.get(1).getEvent().getMark().getReadSeq()).isEqualTo(2);

    encoded(1, "conversations.get", ByteString.EMPTY);
    ServerFrame frame =
        decoded("{\"id\":1,\"result\":{\"conversation\":{\"kind\":\"SWARM\",\"headSeq\":9}}}\n")
            .getFirst();
    Conversation conversation = Calls.GET.decodeReply(frame.getResult()).getConversation();
    assertThat(conversation.getKind()).isEqualTo(Conversation.Kind.UNKNOWN);
    assertThat(conversation.getHeadSeq()).isEqualTo(9);
  }

  @Test
  @DisplayName("that are none, or too long, break the connection")
  void broken() {
    assertThatThrownBy(() -> decoded("HTTP/1.1 400\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decoded("[1]\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decoded("x".repeat(10_001))).isInstanceOf(IOException.class);
  }

  private List<ServerFrame> decoded(String lines) throws IOException {
    List<ServerFrame> frames = new ArrayList<>();
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    codec.decode(bytes, bytes.length, frames::add);
    return frames;
  }
}
