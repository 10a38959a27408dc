package io.skein.client.transport;

import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.util.function.Consumer;

/** Frames of one connection to and from bytes. Encoding and decoding may be on two threads. */
public interface FrameCodec {

  /** The frame with what delimits it. */
  byte[] encode(ClientFrame frame);

  /**
   * Takes the next received bytes and hands on every frame that they complete.
   *
   * @throws IOException if they are no frames, or too long ones: the connection is broken
   */
  void decode(byte[] bytes, int length, Consumer<ServerFrame> out) throws IOException;
}
