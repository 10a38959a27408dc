package io.skein.mesh;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries one envelope type over the bus. The payload inside stays opaque bytes: a codec that
 * decoded it would turn an unknown type into a time-out. Local delivery passes the immutable
 * message.
 */
final class ProtobufCodec<T extends MessageLite> implements MessageCodec<T, T> {
  private final String name;
  private final Parser<T> parser;

  private ProtobufCodec(String name, Parser<T> parser) {
    this.name = name;
    this.parser = parser;
  }

  static <T extends MessageLite> void register(EventBus bus, Class<T> type, Parser<T> parser) {
    bus.registerDefaultCodec(type, new ProtobufCodec<>("skein." + type.getSimpleName(), parser));
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    byte[] bytes = message.toByteArray();
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    try {
      return parser.parseFrom(buffer.getBytes(start, start + buffer.getInt(position)));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("a broken " + name + " came over the bus", broken);
    }
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
