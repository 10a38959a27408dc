package io.skein.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What entries contain. The log keeps the number of the content field and its encoded message; both
 * are the same in {@code SendRequest} and {@code Entry}, and survive versions that do not know
 * them.
 */
final class Contents {
  private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

  static final int CREATED = io.skein.protocol.v1.Entry.CREATED_FIELD_NUMBER;

  private static final int MAX_CUSTOM_TYPE = 64;

  private Contents() {}

  /**
   * The content of a request, checked and encoded.
   *
   * @throws SkeinException INVALID_ARGUMENT, TOO_LARGE
   */
  static ByteString encode(SendRequest request, int maxBytes) {
    return switch (request.getContentCase()) {
      case TEXT -> check(request.getText(), maxBytes).toByteString();
      case CUSTOM -> check(request.getCustom(), maxBytes).toByteString();
      case CONTENT_NOT_SET ->
          throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "a content is needed, for example a text");
    };
  }

  private static Text check(Text text, int maxBytes) {
    if (text.getBody().isEmpty()) {
      throw wrong(ErrorCode.INVALID_ARGUMENT, "text.body", "the body is empty");
    }
    checkString(text.getBody(), "text.body", maxBytes);
    return text;
  }

  private static Custom check(Custom custom, int maxBytes) {
    if (custom.getType().isEmpty()) {
      throw wrong(ErrorCode.INVALID_ARGUMENT, "custom.type", "the type is empty");
    }
    checkString(custom.getType(), "custom.type", Integer.MAX_VALUE);
    if (custom.getType().codePointCount(0, custom.getType().length()) > MAX_CUSTOM_TYPE) {
      throw wrong(
          ErrorCode.INVALID_ARGUMENT,
          "custom.type",
          "a type has at most " + MAX_CUSTOM_TYPE + " characters");
    }
    checkString(custom.getData(), "custom.data", maxBytes);
    return custom;
  }

  private static void checkString(String text, String field, int maxBytes) {
    if (text.indexOf('\0') >= 0) {
      throw wrong(ErrorCode.INVALID_ARGUMENT, field, "U+0000 is not allowed");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      throw wrong(
          ErrorCode.TOO_LARGE, field, bytes + " bytes are more than the " + maxBytes + " allowed");
    }
  }

  private static SkeinException wrong(ErrorCode code, String field, String message) {
    return new SkeinException(code, message).withField(field);
  }

  /**
   * An entry as clients get it. One whose content cannot be read, which would be a defect, comes
   * without: it must neither keep back the entries around it nor leave a gap.
   */
  static io.skein.protocol.v1.Entry toProto(Entry entry) {
    UnknownFieldSet content =
        UnknownFieldSet.newBuilder()
            .addField(
                entry.type(),
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(entry.body()).build())
            .build();
    io.skein.protocol.v1.Entry.Builder proto =
        io.skein.protocol.v1.Entry.newBuilder()
            .setConversationId(entry.conversationId().toString())
            .setSeq(entry.seq())
            .setSender(entry.sender())
            .setSentAt(toProto(entry.sentAt()));
    entry.clientMsgId().ifPresent(id -> proto.setClientMsgId(id.toString()));
    try {
      return proto.mergeFrom(content.toByteString()).build();
    } catch (InvalidProtocolBufferException broken) {
      LOG.error("entry {} of {} is broken", entry.seq(), entry.conversationId(), broken);
      return proto.clearContent().build();
    }
  }

  static Timestamp toProto(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
