package io.skein.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, for frames that no library would send. */
final class RawWebSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int CLOSE = 0x88;

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
    byte[] frame = new byte[8 + payload.length];
    frame[0] = (byte) firstByte;
    frame[1] = (byte) 0xFE;
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 8, payload.length);
    write(frame);
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
