package io.skein.gateway.websocket;

import com.google.protobuf.UnsafeByteOperations;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.skein.gateway.connection.Connection;
import io.skein.gateway.connection.Connections;
import io.skein.gateway.wire.Encoding;
import io.skein.gateway.wire.Encodings;
import io.skein.gateway.wire.FrameCutter;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;

/** An accepted WebSocket: cuts its messages into frames and feeds its connection. */
final class WebSocketClient {
  /** Several frames may share a message: as many as fit into so many of the largest ones. */
  static final int FRAMES_PER_MESSAGE = 4;

  private static final byte LINE_END = '\n';

  private final Connection connection;
  private final WebSocketTransport transport;
  private final Messages messages;
  private final FrameCutter cutter;
  private final boolean text;

  private WebSocketClient(ServerWebSocket socket, Encoding encoding, Connections connections) {
    int maxFrame = connections.around().limits().maxFrameBytes();
    text = encoding == Encodings.JSON;
    messages = new Messages(text, maxFrame * FRAMES_PER_MESSAGE);
    cutter = encoding.cutter(maxFrame);
    transport = new WebSocketTransport(socket, text);
    connection = connections.open(encoding, transport, connections.around().nanoTime().getAsLong());
  }

  /** Takes care of a socket that was accepted. */
  static void serve(ServerWebSocket socket, Encoding encoding, Connections connections) {
    WebSocketClient client = new WebSocketClient(socket, encoding, connections);
    socket.frameHandler(client::read);
    socket.closeHandler(closed -> client.connection.gone());
    socket.exceptionHandler(failure -> closeIfCorrupt(socket, failure));
  }

  /**
   * A frame that is none of WebSocket's (compressed, too long, unmasked) is answered with
   * WebSocket's own code, at once: the channel is closed right after. All other failures of a
   * socket close it, which is all that matters.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The close handler tells what became of it.
  private static void closeIfCorrupt(ServerWebSocket socket, Throwable failure) {
    if (failure instanceof CorruptedWebSocketFrameException corrupt) {
      ((WebSocketInternal) socket)
          .channelHandlerContext()
          .writeAndFlush(new CloseWebSocketFrame(corrupt.closeStatus()));
    }
  }

  private void read(WebSocketFrame frame) {
    if (connection.isClosed()) {
      return;
    }
    try {
      if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
        messages.add(frame).ifPresent(this::cut);
      } else {
        connection.alive();
      }
    } catch (SkeinException unreadable) {
      connection.unreadable(unreadable);
    }
  }

  private void cut(Buffer message) {
    if (text && !UnsafeByteOperations.unsafeWrap(message.getBytes()).isValidUtf8()) {
      transport.receivedNotUtf8();
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a text message is not valid UTF-8");
    }
    cutter.feed(message, connection::receive);
    if (text) {
      cutter.feed(Buffer.buffer(new byte[] {LINE_END}), connection::receive);
    } else if (cutter.hasUnfinished()) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT, "a frame ends within the message in which it begins");
    }
  }
}
