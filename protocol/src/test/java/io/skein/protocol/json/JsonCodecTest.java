package io.skein.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Messages as JSON")
class JsonCodecTest {
  private static final SendRequest SEND = SendRequest.getDefaultInstance();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"to\":{\"userId\":\"bob\"},\"clientMsgId\":\"6f1c\",\"text\":{\"body\":\"hi 你好 👋\"}}",
        "{\"to\":{\"userId\":\"bob\"},\"text\":{\"body\":\"\\ud83d\\udc4b \\\"quoted\\\" \\n\"}}",
        "{\"to\":null,\"custom\":{\"type\":\"t\",\"data\":\"{}\"}}",
        " { \"clientMsgId\" : \"x\" } "
      })
  @DisplayName("are read as protobuf's own JsonFormat reads them")
  void agreesWithTheOracle(String json) throws Exception {
    SendRequest.Builder oracle = SendRequest.newBuilder();
    JsonFormat.parser().merge(json, oracle);
    assertThat(JsonCodec.decode(json, SEND)).isEqualTo(oracle.build());
  }

  @Test
  @DisplayName("are read back as they were written, also by JsonFormat")
  void roundTrip() throws Exception {
    Entry entry =
        Entry.newBuilder()
            .setConversationId("c")
            .setSeq(-1)
            .setSentAt(Timestamp.newBuilder().setSeconds(1_800_000_000L).setNanos(120_000_000))
            .setText(Text.newBuilder().setBody("line\n\"quote\" \u2028 👋"))
            .build();
    String json = new String(JsonCodec.encode(entry), StandardCharsets.UTF_8);
    assertThat(JsonCodec.decode(json, Entry.getDefaultInstance())).isEqualTo(entry);
    Entry.Builder oracle = Entry.newBuilder();
    JsonFormat.parser().merge(json, oracle);
    assertThat(oracle.build()).isEqualTo(entry);
    assertThat(json)
        .contains("\"seq\":4294967295", "\"sentAt\":\"2027-01-15T08:00:00.120Z\"", "👋");
  }

  @Test
  @DisplayName("of a newer peer can be read as far as they are known")
  void newerPeer() {
    String json = "{\"kind\":\"SWARM\",\"mood\":{\"a\":[1,{}]},\"title\":\"Trip\",\"members\":[]}";
    CreateConversationRequest none = CreateConversationRequest.getDefaultInstance();
    assertThat(JsonCodec.<Message>read(json, parser -> JsonCodec.decodeKnown(parser, none)))
        .isEqualTo(none.toBuilder().setTitle("Trip").build());
    assertThat(fieldOf(json, none)).isEqualTo("kind");
  }

  @Test
  @DisplayName("show fields without presence always, and optional ones only when set")
  void printsDefaults() {
    assertThat(text(Error.newBuilder().setCode("overloaded").build()))
        .isEqualTo("{\"code\":\"overloaded\",\"message\":\"\",\"retryable\":false}");
    assertThat(text(HistoryRequest.newBuilder().setAfterSeq(0).build()))
        .isEqualTo("{\"conversationId\":\"\",\"afterSeq\":0,\"limit\":0}");
  }

  @Test
  @DisplayName("have enums by name")
  void enumsAreNames() {
    Message group =
        JsonCodec.decode("{\"kind\":\"GROUP\"}", CreateConversationRequest.getDefaultInstance());
    assertThat(text(group)).contains("\"kind\":\"GROUP\"");
    assertThat(fieldOf("{\"kind\":\"NOPE\"}", CreateConversationRequest.getDefaultInstance()))
        .isEqualTo("kind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{} {}",
        "{} x",
        "[]",
        "\"x\"",
        "{/* comment */}",
        "{'clientMsgId':'x'}",
        "{clientMsgId:\"x\"}",
        "{\"clientMsgId\":\"x\",}",
        "{\"clientMsgId\":\"x\",\"clientMsgId\":\"y\"}",
        "{\"clientMsgId\":\"tab\there\"}",
        "{\"clientMsgId\":\"\\x\"}"
      })
  @DisplayName("are refused when they are not strictly JSON")
  void refusesWhatIsNotJson(String json) {
    assertThatThrownBy(() -> JsonCodec.decode(json, SEND))
        .isInstanceOfSatisfying(
            SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nope\":1} | nope",
        "{\"client_msg_id\":\"x\"} | client_msg_id",
        "{\"clientMsgId\":5} | clientMsgId",
        "{\"text\":{\"body\":{}}} | text.body",
        "{\"text\":\"x\"} | text",
        "{\"to\":[]} | to",
        "{\"text\":{\"body\":\"a\"},\"custom\":{}} | custom",
        "{\"text\":{\"body\":\"\\u0000\"}} | text.body",
        "{\"text\":{\"body\":\"\\ud83d\"}} | text.body",
        "{\"text\":{\"body\":\"\\udc4b\\ud83d\"}} | text.body"
      })
  @DisplayName("are refused by the name of the wrong field")
  void namesTheField(String json, String field) {
    assertThat(fieldOf(json, SEND)).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "4294967296", "1.5", "1e3", "99999999999999999999999", "\"1\"", "true"})
  @DisplayName("refuse numbers that are none, or out of range")
  void checksNumbers(String number) {
    assertThat(fieldOf("{\"limit\":" + number + "}", HistoryRequest.getDefaultInstance()))
        .isEqualTo("limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"clientMsgid\":\"x\"} | there is no such field; did you mean \"clientMsgId\"?",
        "{\"client_msg_id\":\"x\"} | there is no such field; did you mean \"clientMsgId\"?",
        "{\"colour\":1} | there is no such field",
        "{\"clientMsgId\":5} | a string is needed, not a whole number",
        "{\"clientMsgId\":[]} | a string is needed, not an array",
        "{\"text\":\"secret\"} | an object is needed, not a string",
        "{\"location\":{\"latitude\":true}} | a number is needed, not true or false",
        "{\"location\":{\"latitude\":1e999}} | the number is too large",
        "{\"context\":{\"mentions\":[null]}} | a string is needed, not null"
      })
  @DisplayName("are refused with what was expected, what came, and what was probably meant")
  void saysWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> JsonCodec.decode(json, SEND)).hasMessage(message);
  }

  @Test
  @DisplayName("may have null for a field that is not there")
  void nullIsAbsent() {
    String json =
        "{\"to\":null,\"clientMsgId\":null,\"text\":null,\"custom\":{\"type\":\"t\",\"data\":\"1\"}}";
    assertThat(JsonCodec.decode(json, SEND))
        .isEqualTo(
            SEND.toBuilder().setCustom(Custom.newBuilder().setType("t").setData("1")).build());
  }

  @Test
  @DisplayName("are refused with an error that is short, however long the wrong name is")
  void boundsErrors() {
    String name = "x".repeat(10_000);
    SkeinException wrong =
        catchThrowableOfType(
            SkeinException.class, () -> JsonCodec.decode("{\"" + name + "\":1}", SEND));
    assertThat(wrong.toError().getField()).hasSize(201);
    assertThat(wrong.getMessage()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"userId\":\"alice\",\"password\":hunter2}",
        "{\"userId\":\"alice\",\"password\":\"hunter2\",\"x\":1}",
        "{\"userId\":\"alice\",\"password\":[\"hunter2\"]}",
        "{\"userId\":\"alice\",\"password\":\"hunter2\\u0000\"}",
        "{\"userId\":\"alice\",\"password\":\"hunter2"
      })
  @DisplayName("are refused without a word of what they hold, which may be a password")
  void showsNoSecrets(String json) {
    SkeinException wrong =
        catchThrowableOfType(
            SkeinException.class, () -> JsonCodec.decode(json, LoginRequest.getDefaultInstance()));
    assertThat(wrong.toError().toString()).doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":{\"body\":\"cut off | text.body",
        "{\"text\":{\"body\":nonsense}} | text.body",
        "{\"context\":{\"mentions\":[\"a\",tru | context.mentions[1]",
        "{\"context\":{\"mentions\":[\"a\",[]]}} | context.mentions[1]"
      })
  @DisplayName("are refused by the place where they stop being JSON")
  void namesTheBrokenPlace(String json, String field) {
    assertThat(fieldOf(json, SEND)).isEqualTo(field);
  }

  @Test
  @DisplayName("are refused with an error that is short, however long a name is there twice")
  void boundsSyntaxErrors() {
    String name = "\"" + "x".repeat(10_000) + "\":1";
    assertThatThrownBy(
            () -> JsonCodec.read("{" + name + "," + name + "}", parser -> parser.skipChildren()))
        .isInstanceOf(SkeinException.class)
        .message()
        .contains("Duplicate field")
        .hasSizeLessThan(250);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2026-13-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z"
      })
  @DisplayName("refuse times that are none, or not within the years 1 to 9999")
  void checksTimes(String time) {
    assertThat(fieldOf("{\"sentAt\":\"" + time + "\"}", Entry.getDefaultInstance()))
        .isEqualTo("sentAt");
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807,0", "-9223372036854775808,0", "0,-1", "0,1000000000"})
  @DisplayName("are not written with a time that cannot be said, which only protobuf can carry")
  void writesNoWrongTime(long seconds, int nanos) {
    Entry entry =
        Entry.newBuilder()
            .setSentAt(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build();
    assertThatThrownBy(() -> JsonCodec.encode(entry)).isInstanceOf(DateTimeException.class);
  }

  @Test
  @DisplayName("may hold U+FFFD, which also stands for bytes that are no UTF-8")
  void replacementCharacter() {
    assertThat(JsonCodec.text("a\ufffdb".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\ufffdb");
  }

  @Test
  @DisplayName("refuse deep nesting without recursing into it")
  void boundsDepth() {
    String deep = "{\"text\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThatThrownBy(() -> JsonCodec.read(deep, parser -> parser.skipChildren()))
        .isInstanceOf(SkeinException.class)
        .hasMessageContaining("nested too deeply");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0, 0xFF, 0xED})
  @DisplayName("refuse bytes that are not UTF-8")
  void checksUtf8(int first) {
    // C0 80: overlong; FF: no UTF-8 at all; ED A0 80: an encoded surrogate.
    byte[] broken = {'{', '"', (byte) first, (byte) (first == 0xED ? 0xA0 : 0x80), (byte) 0x80};
    assertThatThrownBy(() -> JsonCodec.text(broken)).isInstanceOf(SkeinException.class);
  }

  private static String fieldOf(String json, Message prototype) {
    SkeinException wrong =
        catchThrowableOfType(SkeinException.class, () -> JsonCodec.decode(json, prototype));
    assertThat(wrong).as(json).isNotNull();
    assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    return wrong.toError().getField();
  }

  private static String text(Message message) {
    return new String(JsonCodec.encode(message), StandardCharsets.UTF_8);
  }
}
