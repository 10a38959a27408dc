package io.skein.bench.wire;

import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a door puts around frames; the state of one connection. */
interface Framing {

  /** What comes out of received bytes. */
  interface Sink {
    void frame(ServerFrame frame);

    /** Bytes that the door itself wants to be answered. */
    void answer(byte[] bytes);
  }

  /** What is written before anything else. */
  byte[] greeting();

  /** Whether frames may be written yet. */
  boolean isOpen();

  /** A frame with all that is around it. */
  byte[] encode(ClientFrame frame);

  /**
   * Takes the next received bytes.
   *
   * @throws IOException if they make no sense, or end the connection
   */
  void decode(byte[] bytes, int length, Sink sink) throws IOException;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
