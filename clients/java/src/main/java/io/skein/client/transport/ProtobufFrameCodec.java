package io.skein.client.transport;

import com.google.protobuf.CodedOutputStream;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Each frame is its length as a varint, then the encoded message. */
final class ProtobufFrameCodec implements FrameCodec {
  private static final int MAX_LENGTH_BYTES = 5;

  private final FrameBuffer received = new FrameBuffer();
  private final int maxFrameBytes;

  ProtobufFrameCodec(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public byte[] encode(ClientFrame frame) {
    int size = frame.getSerializedSize();
    byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(size) + size];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeUInt32NoTag(size);
      frame.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes;
  }

  @Override
  public void decode(byte[] bytes, int length, Consumer<ServerFrame> out) throws IOException {
    received.append(bytes, length);
    while (decodeNext(out)) {
      // As long as there are whole frames.
    }
  }

  private boolean decodeNext(Consumer<ServerFrame> out) throws IOException {
    long frameBytes = 0;
    for (int i = 0; i < received.size(); i++) {
      if (i == MAX_LENGTH_BYTES) {
        throw new IOException("the server sent a frame without a readable length");
      }
      int next = received.at(i);
      frameBytes |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return takeFrame(i + 1, frameBytes, out);
      }
    }
    return false;
  }

  private boolean takeFrame(int prefix, long frameBytes, Consumer<ServerFrame> out)
      throws IOException {
    if (frameBytes > maxFrameBytes) {
      throw new IOException("the server sent a frame of " + frameBytes + " bytes");
    }
    int size = (int) frameBytes;
    if (received.size() < prefix + size) {
      return false;
    }
    received.skip(prefix);
    out.accept(ServerFrame.parseFrom(received.take(size)));
    return true;
  }
}
