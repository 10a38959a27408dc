package io.skein.client.transport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Each frame is one JSON object on a line. */
final class JsonFrameCodec implements FrameCodec {
  private static final byte LINE_END = '\n';

  /** A server allows far fewer; so calls that are never answered do not pile up. */
  static final int MAX_UNANSWERED = 16_384;

  private final FrameBuffer received = new FrameBuffer();
  private final int maxFrameBytes;

  /** A result can only be read knowing what was called. */
  private final Map<Integer, MethodInfo> called = Collections.synchronizedMap(new Unanswered());

  private int searched;

  /** Forgets the oldest ones beyond the limit. */
  private static final class Unanswered extends LinkedHashMap<Integer, MethodInfo> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, MethodInfo> eldest) {
      return size() > MAX_UNANSWERED;
    }
  }

  JsonFrameCodec(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * Writes a call.
   *
   * @throws IllegalArgumentException if this version does not know the method
   */
  @Override
  public byte[] encode(ClientFrame frame) {
    MethodInfo method =
        MethodTable.get()
            .find(frame.getMethod())
            .orElseThrow(() -> new IllegalArgumentException("unknown: " + frame.getMethod()));
    if (frame.getId() != 0) { // nothing answers to 0
      called.put(frame.getId(), method);
    }
    byte[] json =
        JsonCodec.write(
            out -> {
              out.writeStartObject();
              out.writeNumberField("id", Integer.toUnsignedLong(frame.getId()));
              out.writeStringField("method", frame.getMethod());
              out.writeFieldName("params");
              JsonCodec.encode(parse(method.request(), frame.getParams()), out);
              out.writeEndObject();
            });
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = LINE_END;
    return line;
  }

  /** How many calls still wait for their answer. */
  int unanswered() {
    return called.size();
  }

  private static Message parse(Message prototype, ByteString encoded)
      throws InvalidProtocolBufferException {
    return prototype.getParserForType().parseFrom(encoded);
  }

  @Override
  public void decode(byte[] bytes, int length, Consumer<ServerFrame> out) throws IOException {
    received.append(bytes, length);
    for (int end = received.indexOf(LINE_END, searched);
        end >= 0;
        end = received.indexOf(LINE_END, 0)) {
      byte[] line = received.take(end);
      received.skip(1);
      if (line.length > 0) {
        out.accept(read(line));
      }
    }
    searched = received.size();
    if (searched > maxFrameBytes) {
      throw new IOException("the server sent a line of more than " + maxFrameBytes + " bytes");
    }
  }

  private ServerFrame read(byte[] line) throws IOException {
    try {
      String text = JsonCodec.text(line);
      return JsonCodec.read(text, parser -> frame(text, parser));
    } catch (SkeinException broken) {
      throw new IOException("the server sent a line that is no frame: " + broken.getMessage());
    }
  }

  private ServerFrame frame(String text, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a frame is an object");
    }
    Parts parts = new Parts();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> parts.id = (int) parser.getLongValue();
        case "event" -> parts.event = parser.getText();
        case "push" -> parts.push = (int) parser.getLongValue();
        case "result" -> parts.result = slice(text, parser);
        case "error" -> parts.error = slice(text, parser);
        case "data" -> parts.data = slice(text, parser);
        default -> parser.skipChildren();
      }
    }
    return toFrame(parts);
  }

  /** A frame before it is known what is in it: names come in any order. */
  private static final class Parts {
    private int id;
    private int push;
    private String event;
    private String result;
    private String error;
    private String data = "{}";
  }

  private static String slice(String text, JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring(from, (int) parser.currentLocation().getCharOffset());
  }

  private ServerFrame toFrame(Parts parts) {
    ServerFrame.Builder frame = ServerFrame.newBuilder().setId(parts.id);
    MethodInfo method = called.remove(parts.id);
    if (parts.event != null) {
      frame.setEvent(event(parts));
    } else if (parts.error != null) {
      frame.setError((Error) read(parts.error, Error.getDefaultInstance()));
    } else if (parts.result != null && method != null) {
      frame.setResult(read(parts.result, method.reply()).toByteString());
    }
    return frame.build();
  }

  /** One of a newer version has its number only. */
  private static Event event(Parts parts) {
    Event.Builder event = Event.newBuilder().setPush(parts.push);
    for (FieldDescriptor kind : Event.getDescriptor().getOneofs().getFirst().getFields()) {
      if (kind.getJsonName().equals(parts.event)) {
        Message prototype = event.newBuilderForField(kind).getDefaultInstanceForType();
        event.setField(kind, read(parts.data, prototype));
      }
    }
    return event.build();
  }

  private static Message read(String json, Message prototype) {
    return JsonCodec.read(json, parser -> JsonCodec.decodeKnown(parser, prototype));
  }
}
