package io.skein.message.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Contact;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.EntryContext;
import io.skein.protocol.v1.FileReference;
import io.skein.protocol.v1.Forwarded;
import io.skein.protocol.v1.ForwardedEntry;
import io.skein.protocol.v1.Image;
import io.skein.protocol.v1.Location;
import io.skein.protocol.v1.Pin;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.Recall;
import io.skein.protocol.v1.Retained;
import io.skein.protocol.v1.RichText;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Contents that clients send")
class ContentReaderTest {
  private static final Text HELLO = Text.newBuilder().setBody("hello").build();

  private final ContentReader reader = new ContentReader(1000);

  private Content read(Consumer<SendRequest.Builder> content) {
    SendRequest.Builder request = SendRequest.newBuilder();
    content.accept(request);
    return reader.read(request.build());
  }

  private void refused(ErrorCode code, String field, Consumer<SendRequest.Builder> content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOfSatisfying(
            SkeinException.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.toError().getField()).isEqualTo(field);
            });
  }

  private void wrong(String field, Consumer<SendRequest.Builder> content) {
    refused(ErrorCode.INVALID_ARGUMENT, field, content);
  }

  @Test
  @DisplayName("A plain text counts as unread and carries nothing beside it")
  void readsText() {
    Content content = read(request -> request.setText(HELLO));
    assertThat(content).isEqualTo(Content.message(10, HELLO.toByteString()));
    assertThat(content.countable()).isTrue();
  }

  @Test
  @DisplayName("A request without a content is refused")
  void wantsContent() {
    assertThatThrownBy(() -> read(request -> {}))
        .isInstanceOfSatisfying(
            SkeinException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  @DisplayName("Bodies are neither empty nor too long, counted in bytes")
  void limitsBodies() {
    wrong("text.body", request -> request.setText(Text.newBuilder()));
    wrong("richText.markdown", request -> request.setRichText(RichText.newBuilder()));
    wrong("custom.type", request -> request.setCustom(Custom.newBuilder().setData("1")));
    refused(
        ErrorCode.TOO_LARGE,
        "text.body",
        request -> request.setText(Text.newBuilder().setBody("好".repeat(334))));
    wrong("text.body", request -> request.setText(Text.newBuilder().setBody("a\0b")));
    wrong(
        "custom.type",
        request -> request.setCustom(Custom.newBuilder().setType("x".repeat(65)).setData("1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "photo.jpg",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@example.com/x",
        "http://",
        "https://example.com/ x"
      })
  @DisplayName("A file lies at a web address without a password")
  void checksUrls(String url) {
    wrong(
        "image.file.url",
        request ->
            request.setImage(Image.newBuilder().setFile(FileReference.newBuilder().setUrl(url))));
  }

  @Test
  @DisplayName("A file's parts are checked")
  void checksFiles() {
    FileReference good =
        FileReference.newBuilder()
            .setUrl("https://example.com/%E7%8C%AB.jpg?x=1")
            .setName("猫.jpg")
            .setMimeType("image/jpeg")
            .setSha256("0f".repeat(32))
            .build();
    assertThat(read(request -> request.setImage(Image.newBuilder().setFile(good))).type())
        .isEqualTo(13);
    wrong(
        "image.file.sha256",
        request -> request.setImage(Image.newBuilder().setFile(good.toBuilder().setSha256("xyz"))));
    wrong(
        "image.file.name",
        request -> request.setImage(Image.newBuilder().setFile(good.toBuilder().setName("a\nb"))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {90.1, -91, Double.NaN, Double.POSITIVE_INFINITY})
  @DisplayName("A location is on this earth")
  void checksLocations(double latitude) {
    wrong(
        "location.latitude",
        request -> request.setLocation(Location.newBuilder().setLatitude(latitude)));
  }

  @Test
  @DisplayName("A contact names a user")
  void checksContacts() {
    wrong("contact.userId", request -> request.setContact(Contact.newBuilder()));
  }

  @Test
  @DisplayName("A forwarded bundle has 1 to 100 messages, each checked, and is not too long")
  void checksForwarded() {
    ForwardedEntry one = ForwardedEntry.newBuilder().setSender("bob").setText(HELLO).build();
    assertThat(read(request -> request.setForwarded(Forwarded.newBuilder().addEntries(one))).type())
        .isEqualTo(19);
    wrong(
        "forwarded.entries[1].sentAt",
        request ->
            request.setForwarded(
                Forwarded.newBuilder()
                    .addEntries(one)
                    .addEntries(
                        one.toBuilder()
                            .setSentAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))));
    wrong("forwarded.entries", request -> request.setForwarded(Forwarded.newBuilder()));
    wrong(
        "forwarded.entries[1].text.body",
        request ->
            request.setForwarded(
                Forwarded.newBuilder()
                    .addEntries(one)
                    .addEntries(one.toBuilder().setText(Text.newBuilder()))));
    refused(
        ErrorCode.TOO_LARGE,
        "forwarded.entries",
        request ->
            request.setForwarded(
                Forwarded.newBuilder().addAllEntries(Collections.nCopies(101, one))));
    refused(
        ErrorCode.TOO_LARGE,
        "forwarded",
        request ->
            request.setForwarded(
                Forwarded.newBuilder().addAllEntries(Collections.nCopies(90, one))));
  }

  @Test
  @DisplayName("Mentions name each user once, and everybody by a sign of its own")
  void readsMentions() {
    Content content =
        read(
            request ->
                request
                    .setText(HELLO)
                    .setContext(
                        EntryContext.newBuilder()
                            .setReplyToSeq(7)
                            .addAllMentions(List.of("bob", "carol", "bob"))
                            .setMentionAll(true)));
    assertThat(content.mentions()).containsExactly("bob", "carol", Content.EVERYBODY);
    assertThat(content.replyTo()).isEqualTo(7);
  }

  @Test
  @DisplayName("A context with what is not the sender's to say is refused")
  void checksContext() {
    wrong(
        "context.threadSeq",
        request -> request.setText(HELLO).setContext(EntryContext.newBuilder().setThreadSeq(1)));
    wrong(
        "context.mentions[0]",
        request ->
            request.setText(HELLO).setContext(EntryContext.newBuilder().addMentions("a\nb")));
    refused(
        ErrorCode.TOO_LARGE,
        "context.mentions",
        request ->
            request
                .setText(HELLO)
                .setContext(
                    EntryContext.newBuilder()
                        .addAllMentions(IntStream.range(0, 51).mapToObj(i -> "u" + i).toList())));
    wrong(
        "context",
        request ->
            request
                .setRecall(Recall.newBuilder().setSeq(1))
                .setContext(EntryContext.getDefaultInstance()));
  }

  @Test
  @DisplayName("A retained value has a key and a content or none, and no version of its own")
  void readsRetained() {
    Retained.Builder lamp =
        Retained.newBuilder().setKey("lamp").setCustom(Custom.newBuilder().setType("t"));
    Content content =
        read(request -> request.setRetained(lamp.build().toBuilder().setExpectedVersion(3)));
    assertThat(content.countable()).isFalse();
    assertThat(content.value()).contains(new RetainedValue("lamp", OptionalInt.of(3), false));
    assertThat(content.isSame(read(request -> request.setRetained(lamp)))).isTrue();

    wrong("retained.key", request -> request.setRetained(lamp.clone().setKey("")));
    wrong("retained.key", request -> request.setRetained(lamp.clone().setKey("k".repeat(65))));
    wrong("retained.custom", request -> request.setRetained(lamp.clone().setRemoved(true)));
    wrong("retained.custom", request -> request.setRetained(lamp.clone().clearCustom()));
    wrong("retained.version", request -> request.setRetained(lamp.clone().setVersion(1)));
    wrong(
        "context",
        request -> request.setRetained(lamp).setContext(EntryContext.getDefaultInstance()));
    wrong(
        "retained.custom.type",
        request -> request.setRetained(lamp.clone().setCustom(Custom.getDefaultInstance())));
  }

  @Test
  @DisplayName("Changes name their message, and do not count as unread")
  void readsChanges() {
    assertThat(read(request -> request.setEdit(Edit.newBuilder().setSeq(3).setText(HELLO))))
        .satisfies(
            content -> {
              assertThat(content.countable()).isFalse();
              assertThat(content.change()).hasValue(EntryChange.edit(3, 10, HELLO.toByteString()));
            });
    wrong("edit", request -> request.setEdit(Edit.newBuilder().setSeq(3)));
    wrong(
        "edit.text.body",
        request -> request.setEdit(Edit.newBuilder().setSeq(3).setText(Text.newBuilder())));
    wrong("recall.seq", request -> request.setRecall(Recall.newBuilder()));
    wrong("pin.seq", request -> request.setPin(Pin.newBuilder().setRemoved(true)));
    wrong("reaction.key", request -> request.setReaction(Reaction.newBuilder().setSeq(1)));
    wrong(
        "reaction.key",
        request -> request.setReaction(Reaction.newBuilder().setSeq(1).setKey("👍".repeat(33))));
    assertThat(
            read(request -> request.setReaction(Reaction.newBuilder().setSeq(-1).setKey("👍🏽")))
                .change()
                .orElseThrow()
                .targetSeq())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
