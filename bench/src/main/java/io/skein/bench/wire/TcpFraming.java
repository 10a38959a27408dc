package io.skein.bench.wire;

import io.skein.client.transport.Encoding;
import io.skein.client.transport.FrameCodec;
import io.skein.protocol.v1.ClientFrame;
import java.io.IOException;

/** A line that names the encoding, then frames. */
final class TcpFraming implements Framing {
  private final Encoding encoding;
  private final FrameCodec codec;

  TcpFraming(Encoding encoding, FrameCodec codec) {
    this.encoding = encoding;
    this.codec = codec;
  }

  @Override
  public byte[] greeting() {
    return Framing.ascii("SKEIN/1 " + encoding.word() + "\n");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public byte[] encode(ClientFrame frame) {
    return codec.encode(frame);
  }

  @Override
  public void decode(byte[] bytes, int length, Sink sink) throws IOException {
    codec.decode(bytes, length, sink::frame);
  }
}
