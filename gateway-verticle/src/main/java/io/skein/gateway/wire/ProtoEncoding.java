package io.skein.gateway.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Protobuf frames, each after its length as a varint. Params and results are never opened. */
final class ProtoEncoding implements Encoding {
  /** The field tags of a length-delimited ServerFrame.event and of the varint Event.push. */
  private static final int EVENT_TAG = ServerFrame.EVENT_FIELD_NUMBER << 3 | 2;

  private static final int PUSH_TAG = Event.PUSH_FIELD_NUMBER << 3;

  @Override
  public String word() {
    return "proto";
  }

  @Override
  public FrameCutter cutter(int maxFrameBytes) {
    return new LengthCutter(maxFrameBytes);
  }

  @Override
  public Call decode(byte[] frame) {
    try {
      ClientFrame decoded = ClientFrame.parseFrom(frame);
      return new Call(decoded.getId(), decoded.getMethod(), decoded.getParams());
    } catch (InvalidProtocolBufferException broken) {
      // The next length may be as wrong as this frame.
      throw new BrokenFrameException(
          0,
          new SkeinException(ErrorCode.INVALID_ARGUMENT, "a frame is not an encoded ClientFrame"),
          false);
    }
  }

  @Override
  public ByteString params(MethodInfo method, ByteString params) {
    return params;
  }

  @Override
  public Frame reply(int id, MethodInfo method, ByteString result) {
    return delimited(ServerFrame.newBuilder().setId(id).setResult(result).build());
  }

  @Override
  public Frame error(int id, Error error) {
    return delimited(ServerFrame.newBuilder().setId(id).setError(error).build());
  }

  @Override
  public Frame event(Event event) {
    return delimited(ServerFrame.newBuilder().setEvent(event).build());
  }

  /** The lengths, the tags and the number are this connection's own, the event is shared. */
  @Override
  public Optional<Frame> push(int number, PushedEvent event) {
    byte[] shared = event.proto();
    int own = number == 0 ? 0 : 1 + CodedOutputStream.computeUInt32SizeNoTag(number);
    int eventSize = own + shared.length;
    int frameSize = 1 + CodedOutputStream.computeUInt32SizeNoTag(eventSize) + eventSize;
    byte[] head =
        new byte[CodedOutputStream.computeUInt32SizeNoTag(frameSize) + frameSize - shared.length];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(head);
      out.writeUInt32NoTag(frameSize);
      out.writeUInt32NoTag(EVENT_TAG);
      out.writeUInt32NoTag(eventSize);
      if (number != 0) {
        out.writeUInt32NoTag(PUSH_TAG);
        out.writeUInt32NoTag(number);
      }
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.of(event.frame(head, shared));
  }

  private static Frame delimited(MessageLite message) {
    int size = message.getSerializedSize();
    byte[] frame = new byte[CodedOutputStream.computeUInt32SizeNoTag(size) + size];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(frame);
      out.writeUInt32NoTag(size);
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Frame(frame);
  }
}
