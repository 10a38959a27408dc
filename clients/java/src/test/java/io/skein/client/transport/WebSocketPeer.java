package io.skein.client.transport;

import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The server's side of one WebSocket, as plain as RFC 6455 allows. Messages below 126 bytes only.
 */
final class WebSocketPeer implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  private static final int CONTINUATION = 0;
  private static final int FINAL = 0x80;
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket door;
  final Map<String, String> headers = new HashMap<>();
  String requestLine;
  private Socket socket;
  private DataInputStream in;
  private OutputStream out;

  /** A message as it came. */
  record Message(int kind, ByteString payload) {}

  WebSocketPeer() throws IOException {
    door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  int port() {
    return door.getLocalPort();
  }

  /** Accepts one connection and shakes hands. */
  void accept() throws Exception {
    socket = door.accept();
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    BufferedReader request =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    requestLine = request.readLine();
    for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
      String[] parts = line.split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (headers.get("sec-websocket-key") + KEY_SUFFIX)
                    .getBytes(StandardCharsets.US_ASCII));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + ("Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n")
            + ("Sec-WebSocket-Protocol: " + headers.get("sec-websocket-protocol") + "\r\n\r\n");
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  Message read() throws IOException {
    int kind = in.readUnsignedByte() & 0xf;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Message(kind, ByteString.copyFrom(payload));
  }

  /** One message in as many parts as there are payloads. */
  void send(int kind, byte[]... parts) throws IOException {
    for (int i = 0; i < parts.length; i++) {
      int opcode = i == 0 ? kind : CONTINUATION;
      out.write(opcode | (i == parts.length - 1 ? FINAL : 0));
      out.write(parts[i].length);
      out.write(parts[i]);
    }
    out.flush();
  }

  void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
    out.write(FINAL | CLOSE);
    out.write(payload.length);
    out.write(payload);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
    if (socket != null) {
      socket.close();
    }
  }
}
