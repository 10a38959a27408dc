package io.skein.gateway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one call from a line of JSON. Goes on behind what is only wrong, and not broken: the error
 * should tell the client which of its calls it was.
 */
final class JsonCall {
  private static final long MAX_ID = 0xFFFF_FFFFL;
  private static final String NO_PARAMS = "{}";

  private int id;
  private String method = "";
  private String params = NO_PARAMS;
  private SkeinException wrong;

  /**
   * Reads the line.
   *
   * @throws BrokenFrameException if it is no call, with the id if that came before the fault
   */
  Call read(byte[] line) {
    try {
      return read(text(line));
    } catch (SkeinException broken) {
      throw new BrokenFrameException(id, wrong == null ? broken : wrong, true);
    }
  }

  private String text(byte[] line) {
    try {
      return JsonCodec.text(line);
    } catch (SkeinException broken) {
      wrong = broken;
      return new String(line, StandardCharsets.UTF_8);
    }
  }

  private Call read(String text) {
    JsonCodec.<Void>read(
        text,
        parser -> {
          readFrame(text, parser);
          return null;
        });
    if (wrong != null) {
      throw wrong;
    }
    return new Call(id, method, ByteString.copyFromUtf8(params));
  }

  private void readFrame(String text, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a frame is an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> readId(parser);
        case "method" -> readMethod(parser);
        case "params" -> readParams(text, parser);
        default -> skip(parser, "a frame has id, method and params", name);
      }
    }
  }

  private void readId(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 0
        || parser.getLongValue() > MAX_ID) {
      skip(parser, "id is a whole number up to 4294967295", "id");
    } else {
      id = (int) parser.getLongValue();
    }
  }

  private void readMethod(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      skip(parser, "method is a string", "method");
    } else {
      method = parser.getText();
    }
  }

  /** The params stay as they are until the method is known, which may come after them. */
  private void readParams(String text, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      skip(parser, "params is an object", "params");
    } else {
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      params = text.substring(from, (int) parser.currentLocation().getCharOffset());
    }
  }

  private void skip(JsonParser parser, String message, String field) throws IOException {
    parser.skipChildren();
    if (wrong == null) {
      wrong = new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
    }
  }
}
