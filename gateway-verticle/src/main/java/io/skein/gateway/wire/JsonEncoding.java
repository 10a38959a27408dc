package io.skein.gateway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import java.io.IOException;

/** Frames as JSON objects, one a line. Params and results are converted at the door. */
final class JsonEncoding implements Encoding {
  private static final long MAX_ID = 0xFFFF_FFFFL;
  private static final String NO_PARAMS = "{}";

  @Override
  public String word() {
    return "json";
  }

  @Override
  public FrameCutter cutter(int maxFrameBytes) {
    return new LineCutter(maxFrameBytes);
  }

  /** A line that is no call does not harm the lines after it. */
  @Override
  public Call decode(byte[] frame) {
    try {
      String text = JsonCodec.text(frame);
      return JsonCodec.read(text, parser -> readCall(text, parser));
    } catch (SkeinException broken) {
      throw new BrokenFrameException(broken, true);
    }
  }

  private static Call readCall(String text, JsonParser parser) throws IOException {
    need(parser, JsonToken.START_OBJECT, "a frame is an object");
    int id = 0;
    String method = "";
    String params = NO_PARAMS;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> id = readId(parser);
        case "method" -> {
          need(parser, JsonToken.VALUE_STRING, "method is a string");
          method = parser.getText();
        }
        case "params" -> params = slice(text, parser);
        default -> throw wrong("a frame has id, method and params", name);
      }
    }
    return new Call(id, method, ByteString.copyFromUtf8(params));
  }

  private static int readId(JsonParser parser) throws IOException {
    need(parser, JsonToken.VALUE_NUMBER_INT, "id is a whole number");
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 0
        || parser.getLongValue() > MAX_ID) {
      throw wrong("id is a number up to 4294967295", "id");
    }
    return (int) parser.getLongValue();
  }

  /** The params stay as they are until the method is known, which may come after them. */
  private static String slice(String text, JsonParser parser) throws IOException {
    need(parser, JsonToken.START_OBJECT, "params is an object");
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring(from, (int) parser.currentLocation().getCharOffset());
  }

  @Override
  public ByteString params(MethodInfo method, ByteString params) {
    return JsonCodec.decode(params.toStringUtf8(), method.request()).toByteString();
  }

  @Override
  public Frame reply(int id, MethodInfo method, ByteString result) {
    return line(
        JsonCodec.write(
            out -> {
              out.writeStartObject();
              out.writeNumberField("id", Integer.toUnsignedLong(id));
              out.writeFieldName("result");
              JsonCodec.encode(JsonBodies.parse(method.reply(), result), out);
              out.writeEndObject();
            }));
  }

  @Override
  public Frame error(int id, Error error) {
    return line(
        JsonCodec.write(
            out -> {
              out.writeStartObject();
              out.writeNumberField("id", Integer.toUnsignedLong(id));
              out.writeFieldName("error");
              JsonCodec.encode(error, out);
              out.writeEndObject();
            }));
  }

  @Override
  public Frame event(Event event) {
    return new Frame(JsonEvents.head(event, event.getPush()), JsonEvents.tail(event), false);
  }

  @Override
  public Frame push(int number, PushedEvent event) {
    return new Frame(event.jsonHead(number), event.jsonTail(), event.droppable());
  }

  private static Frame line(byte[] json) {
    return new Frame(json, JsonEvents.LINE_END, false);
  }

  private static void need(JsonParser parser, JsonToken token, String message) {
    if (parser.currentToken() != token) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, message);
    }
  }

  private static SkeinException wrong(String message, String field) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
