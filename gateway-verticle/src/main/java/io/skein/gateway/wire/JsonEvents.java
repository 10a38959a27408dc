package io.skein.gateway.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Event;
import java.nio.charset.StandardCharsets;

/**
 * Events as JSON: {@code {"event":"entry","push":7,"data":{…}}}. Up to the push number it is a
 * connection's own, what follows is shared.
 */
final class JsonEvents {
  static final byte[] LINE_END = {'\n'};

  /** For an event that only newer versions know. */
  private static final String UNKNOWN = "unknown";

  private JsonEvents() {}

  /**
   * The beginning.
   *
   * @param number of the push, unsigned; 0: not counted
   */
  static byte[] head(Event event, int number) {
    return head(name(event), number);
  }

  static byte[] head(String name, int number) {
    String push = number == 0 ? "" : ",\"push\":" + Integer.toUnsignedString(number);
    return ("{\"event\":\"" + name + "\"" + push).getBytes(StandardCharsets.UTF_8);
  }

  /** The rest, with the line end. */
  static byte[] tail(Event event) {
    FieldDescriptor kind = kind(event);
    byte[] data =
        kind == null ? new byte[] {'{', '}'} : JsonCodec.encode((Message) event.getField(kind));
    byte[] before = ",\"data\":".getBytes(StandardCharsets.UTF_8);
    byte[] tail = new byte[before.length + data.length + 2];
    System.arraycopy(before, 0, tail, 0, before.length);
    System.arraycopy(data, 0, tail, before.length, data.length);
    tail[tail.length - 2] = '}';
    tail[tail.length - 1] = '\n';
    return tail;
  }

  static String name(Event event) {
    FieldDescriptor kind = kind(event);
    return kind == null ? UNKNOWN : kind.getJsonName();
  }

  private static FieldDescriptor kind(Event event) {
    return event.getOneofFieldDescriptor(Event.getDescriptor().getOneofs().get(0));
  }
}
