package io.skein.gateway.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames as JSON objects, one a line. Params and results are converted at the door. */
final class JsonEncoding implements Encoding {
  private static final Logger LOG = LoggerFactory.getLogger(JsonEncoding.class);

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
    return new JsonCall().read(frame);
  }

  @Override
  public ByteString params(MethodInfo method, ByteString params) {
    return JsonCodec.decode(params.toStringUtf8(), method.request()).toByteString();
  }

  @Override
  public Frame reply(int id, MethodInfo method, ByteString result) {
    try {
      Message reply = JsonBodies.parse(method.reply(), result);
      return answer(id, "result", reply);
    } catch (RuntimeException unwritable) {
      LOG.error("a result of {} cannot be written as JSON", method.name(), unwritable);
      return error(id, SkeinException.errorOf(unwritable));
    }
  }

  @Override
  public Frame error(int id, Error error) {
    return answer(id, "error", error);
  }

  private static Frame answer(int id, String name, Message content) {
    return line(
        JsonCodec.write(
            out -> {
              out.writeStartObject();
              out.writeNumberField("id", Integer.toUnsignedLong(id));
              out.writeFieldName(name);
              JsonCodec.encode(content, out);
              out.writeEndObject();
            }));
  }

  @Override
  public Frame event(Event event) {
    return new Frame(JsonEvents.head(event, event.getPush()), JsonEvents.tail(event));
  }

  @Override
  public Optional<Frame> push(int number, PushedEvent event) {
    return event.isWritableAsJson()
        ? Optional.of(event.frame(event.jsonHead(number), event.jsonTail()))
        : Optional.empty();
  }

  private static Frame line(byte[] json) {
    return new Frame(json, JsonEvents.LINE_END);
  }
}
