package io.skein.gateway.websocket;

import io.skein.gateway.connection.Transport;
import io.skein.protocol.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.nio.charset.StandardCharsets;

/** A WebSocket: what is written together is one message. */
final class WebSocketTransport implements Transport {
  /** RFC 6455, 8.1 and 7.4.1: a text message that is not UTF-8. */
  private static final int INVALID_PAYLOAD = 1007;

  /** RFC 6455, 7.4.1: a message that is too big. */
  private static final int MESSAGE_TOO_BIG = 1009;

  /** RFC 6455, 5.5.1: a control frame has 125 bytes, two of which are the code. */
  private static final int MAX_REASON_BYTES = 123;

  private final ServerWebSocket socket;
  private final boolean text;
  private boolean notUtf8;

  WebSocketTransport(ServerWebSocket socket, boolean text) {
    this.socket = socket;
    this.text = text;
  }

  @Override
  public Future<Void> write(Buffer frames) {
    if (socket.isClosed()) {
      return Future.failedFuture("closed");
    }
    if (!text) {
      return socket.writeBinaryMessage(frames);
    }
    // Lines end by a line feed, but the last one needs none.
    return socket.writeTextMessage(frames.getString(0, frames.length() - 1));
  }

  @Override
  public void close(int code, String reason) {
    if (socket.isClosed()) {
      return;
    }
    socket.close((short) webSocketCode(code), shorten(reason)).onFailure(failure -> abort());
  }

  /** Where WebSocket has a code of its own that is used. */
  private int webSocketCode(int code) {
    if (notUtf8) {
      return INVALID_PAYLOAD;
    }
    return code == CloseCode.FRAME_TOO_LARGE.code() ? MESSAGE_TOO_BIG : code;
  }

  /** A text that came was none: this is what the close that follows says. */
  void receivedNotUtf8() {
    notUtf8 = true;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The close handler tells what became of it.
  public void abort() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  @Override
  public String remoteAddress() {
    return socket.remoteAddress() == null ? "" : socket.remoteAddress().hostAddress();
  }

  private static String shorten(String reason) {
    String shorter = reason;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }
}
