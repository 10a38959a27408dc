package io.skein.gateway.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Error;
import io.vertx.core.buffer.Buffer;

/** The JSON bodies of the HTTP door. */
public final class JsonBodies {

  private JsonBodies() {}

  /**
   * A request body as the encoded request message of its method; an empty one is an empty object.
   *
   * @throws SkeinException INVALID_ARGUMENT, with the field
   */
  public static ByteString params(MethodInfo method, Buffer body) {
    if (body == null || body.length() == 0) {
      return ByteString.EMPTY;
    }
    return JsonCodec.decode(JsonCodec.text(body.getBytes()), method.request()).toByteString();
  }

  /** An encoded reply message as a response body. */
  public static byte[] result(MethodInfo method, ByteString result) {
    return JsonCodec.encode(parse(method.reply(), result));
  }

  /** {@code {"error":{…}}}. */
  public static byte[] error(Error error) {
    return JsonCodec.write(
        out -> {
          out.writeStartObject();
          out.writeFieldName("error");
          JsonCodec.encode(error, out);
          out.writeEndObject();
        });
  }

  static Message parse(Message prototype, ByteString encoded) {
    try {
      return prototype.getParserForType().parseFrom(encoded);
    } catch (InvalidProtocolBufferException broken) {
      throw new SkeinException(ErrorCode.INTERNAL, "the service's reply cannot be read");
    }
  }
}
