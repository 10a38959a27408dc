package io.skein.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, for frames that no library would send. */
final class RawWebSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int MASKED = 0x80;

  /** The length that says: the length follows in two bytes. */
  private static final int LONGER = 126;

  private static final int MAX_HEAD = 8;

  private final Socket socket;
  private final DataInputStream in;

  RawWebSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Asks for the upgrade; answers the response's head. */
  String handshake(String moreHeaders) throws IOException {
    write(
        ("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + moreHeaders
                + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  String body(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Sends a frame with a mask of zeros. */
  void frame(int firstByte, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(MAX_HEAD + payload.length).put((byte) firstByte);
    if (payload.length < LONGER) {
      frame.put((byte) (MASKED | payload.length));
    } else {
      frame.put((byte) (MASKED | LONGER)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    write(bytes);
  }

  /** The text of the frame that comes next. */
  String text() throws IOException {
    int first = in.readUnsignedByte();
    if (first != TEXT) {
      throw new AssertionError("not a text frame but " + Integer.toHexString(first));
    }
    int length = in.readUnsignedByte();
    return body(length == LONGER ? in.readUnsignedShort() : length);
  }

  /** The code of the close frame that comes next. */
  int closeCode() throws IOException {
    int first = in.readUnsignedByte();
    if (first != CLOSE) {
      throw new AssertionError("not a close frame but " + Integer.toHexString(first));
    }
    in.readUnsignedByte();
    return in.readUnsignedShort();
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
