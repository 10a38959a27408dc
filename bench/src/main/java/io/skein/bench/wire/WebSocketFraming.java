package io.skein.bench.wire;

import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import io.skein.client.transport.FrameCodec;
import io.skein.protocol.v1.ClientFrame;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** WebSocket (RFC 6455) as a client writes it: each frame is one masked message. */
final class WebSocketFraming implements Framing {
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int KEY_BYTES = 16;
  private static final byte[] LINE_END = {'\n'};

  private final Endpoint endpoint;
  private final Encoding encoding;
  private final FrameCodec codec;
  private ByteBuffer received = ByteBuffer.allocate(0); // ready to be read
  private boolean open;

  WebSocketFraming(Endpoint endpoint, Encoding encoding, FrameCodec codec) {
    this.endpoint = endpoint;
    this.encoding = encoding;
    this.codec = codec;
  }

  @Override
  public byte[] greeting() {
    byte[] key = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(key);
    return Framing.ascii(
        """
        GET %s HTTP/1.1
        Host: %s:%d
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: %s
        Sec-WebSocket-Protocol: skein.v1.%s

        """
            .formatted(
                endpoint.uri().getRawPath(),
                endpoint.host(),
                endpoint.port(),
                Base64.getEncoder().encodeToString(key),
                encoding.word())
            .replace("\n", "\r\n"));
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public byte[] encode(ClientFrame frame) {
    return message(encoding == Encoding.JSON ? TEXT : BINARY, codec.encode(frame));
  }

  private static byte[] message(int opcode, byte[] payload) {
    int length = payload.length;
    int extra = length < TWO_BYTES ? 0 : length <= 0xffff ? 2 : 8;
    ByteBuffer out = ByteBuffer.allocate(2 + extra + 4 + length);
    out.put((byte) (FINAL | opcode));
    switch (extra) {
      case 0 -> out.put((byte) (MASKED | length));
      case 2 -> out.put((byte) (MASKED | TWO_BYTES)).putShort((short) length);
      default -> out.put((byte) (MASKED | EIGHT_BYTES)).putLong(length);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    out.putInt(mask);
    for (int i = 0; i < length; i++) {
      out.put((byte) (payload[i] ^ mask >>> (24 - 8 * (i & 3))));
    }
    return out.array();
  }

  @Override
  public void decode(byte[] bytes, int length, Sink sink) throws IOException {
    received =
        ByteBuffer.allocate(received.remaining() + length)
            .put(received)
            .put(bytes, 0, length)
            .flip();
    if (!open && !upgraded()) {
      return;
    }
    while (decodeNext(sink)) {
      // As long as there are whole frames.
    }
  }

  private boolean upgraded() throws IOException {
    String head = new String(received.array(), 0, received.limit(), StandardCharsets.ISO_8859_1);
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
    }
    received.position(end + 4);
    open = true;
    return true;
  }

  private boolean decodeNext(Sink sink) throws IOException {
    ByteBuffer in = received.duplicate();
    if (in.remaining() < 2) {
      return false;
    }
    int first = in.get();
    long length = in.get() & 0x7f;
    int extra = length == EIGHT_BYTES ? 8 : length == TWO_BYTES ? 2 : 0;
    if (in.remaining() < extra) {
      return false;
    }
    length = extra == 8 ? in.getLong() : extra == 2 ? in.getShort() & 0xffff : length;
    if (in.remaining() < length) {
      return false;
    }
    int from = in.position();
    received.position((int) (from + length));
    taken(first, Arrays.copyOfRange(in.array(), from, (int) (from + length)), sink);
    return true;
  }

  /** Parts of a message go to the codec as they come: it finds the ends of frames by itself. */
  private void taken(int first, byte[] payload, Sink sink) throws IOException {
    switch (first & 0xf) {
      case CLOSE -> throw new EOFException("the server closed a WebSocket: " + reason(payload));
      case PING -> sink.answer(message(PONG, payload));
      case PONG -> {
        // We send no pings of this kind.
      }
      default -> {
        codec.decode(payload, payload.length, sink::frame);
        if (encoding == Encoding.JSON && (first & FINAL) != 0) {
          codec.decode(LINE_END, 1, sink::frame);
        }
      }
    }
  }

  private static String reason(byte[] payload) {
    return payload.length <= 2
        ? "no reason given"
        : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
  }
}
