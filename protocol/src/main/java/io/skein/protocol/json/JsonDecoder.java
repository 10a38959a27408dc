package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Nearest;
import io.skein.protocol.SkeinException;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Collection;

/** Reads one message from a parser. */
final class JsonDecoder {
  private static final long MAX_UINT32 = 0xFFFF_FFFFL;

  private final JsonParser parser;
  private final boolean skipUnknown;
  private final JsonPath path;

  /** {@code skipUnknown}: fields and enum names of a newer version are no error. */
  JsonDecoder(JsonParser parser, boolean skipUnknown) {
    this.parser = parser;
    this.skipUnknown = skipUnknown;
    this.path = JsonPath.from(parser);
  }

  Message message(Message prototype) throws IOException {
    Message.Builder builder = prototype.newBuilderForType();
    try {
      readObject(builder);
    } catch (JsonProcessingException broken) {
      throw path.at(SyntaxError.of(broken));
    }
    return builder.build();
  }

  private void readObject(Message.Builder builder) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    MessageShape shape = MessageShape.of(builder.getDescriptorForType());
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      MessageShape.Field field = shape.field(name);
      if (field == null && !skipUnknown) {
        throw wrong("there is no such field" + meant(name, shape.jsonNames()));
      }
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        // As in other JSON of protobuf, null is a field that is not there.
        readField(builder, field);
      }
    }
  }

  private void readField(Message.Builder builder, MessageShape.Field field) throws IOException {
    if (field.oneof() != null && builder.hasOneof(field.oneof())) {
      throw wrong(
          "only one of these is allowed, and \"%s\" is there, too"
              .formatted(builder.getOneofFieldDescriptor(field.oneof()).getJsonName()));
    }
    if (!field.isRepeated()) {
      builder.setField(field.descriptor(), readValue(builder, field));
      return;
    }
    expect(JsonToken.START_ARRAY, "an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      builder.addRepeatedField(field.descriptor(), readValue(builder, field));
    }
  }

  private Object readValue(Message.Builder builder, MessageShape.Field field) throws IOException {
    return switch (field.type()) {
      case STRING -> string();
      case BOOL -> bool();
      case UINT32, FIXED32 -> (int) integer(0, MAX_UINT32);
      case INT32, SINT32, SFIXED32 -> (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case DOUBLE -> number();
      case FLOAT -> single();
      case ENUM -> enumValue(field.descriptor());
      case BYTES -> bytes();
      case MESSAGE -> field.isTime() ? timestamp() : nested(builder, field.descriptor());
      default ->
          throw new IllegalArgumentException(
              "no JSON form for " + field.descriptor().getFullName());
    };
  }

  private Message nested(Message.Builder builder, FieldDescriptor field) throws IOException {
    Message.Builder inner = builder.newBuilderForField(field);
    readObject(inner);
    return inner.build();
  }

  private String string() throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw wrong("U+0000 is not allowed");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(++i))) {
          throw wrong("a surrogate stands alone: this is no Unicode text");
        }
      }
    }
    return text;
  }

  private boolean bool() {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    expect(JsonToken.VALUE_FALSE, "true or false");
    return false;
  }

  private long integer(long min, long max) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < min
        || parser.getLongValue() > max) {
      throw wrong("a number from %d to %d is needed".formatted(min, max));
    }
    return parser.getLongValue();
  }

  private double number() throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw wrong("a number is needed, not " + current());
    }
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw wrong("the number is too large");
    }
    return number;
  }

  private float single() throws IOException {
    float number = (float) number();
    if (Float.isInfinite(number)) {
      throw wrong("the number is too large");
    }
    return number;
  }

  private EnumValueDescriptor enumValue(FieldDescriptor field) throws IOException {
    if (skipUnknown && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return field.getEnumType().findValueByNumberCreatingIfUnknown(parser.getIntValue());
    }
    EnumValueDescriptor value = field.getEnumType().findValueByName(string());
    if (value == null && skipUnknown) {
      return (EnumValueDescriptor) field.getDefaultValue();
    }
    if (value == null) {
      throw wrong("one of %s is needed".formatted(field.getEnumType().getValues()));
    }
    return value;
  }

  private ByteString bytes() throws IOException {
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(string()));
    } catch (IllegalArgumentException broken) {
      throw wrong("Base64 is needed");
    }
  }

  private Timestamp timestamp() throws IOException {
    try {
      return Rfc3339.parse(string());
    } catch (DateTimeException broken) {
      throw wrong("a time like 2026-12-01T08:00:00Z is needed");
    }
  }

  private void expect(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw wrong(what + " is needed, not " + current());
    }
  }

  /** The kind of what stands there; never the value itself, which may be a secret. */
  private String current() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "the end of what is around it";
    };
  }

  private static String meant(String name, Collection<String> known) {
    return Nearest.of(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  private SkeinException wrong(String message) {
    return path.at(new SkeinException(ErrorCode.INVALID_ARGUMENT, message));
  }
}
