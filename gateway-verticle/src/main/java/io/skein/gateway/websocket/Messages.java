package io.skein.gateway.websocket;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.Optional;

/** Puts the fragments of WebSocket messages together, up to a size. */
final class Messages {
  private final boolean text;
  private final int maxBytes;
  private Buffer unfinished;

  /**
   * @param text whether messages are text; else they are binary
   * @param maxBytes of a whole message
   */
  Messages(boolean text, int maxBytes) {
    this.text = text;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a data frame; answers the message that it completes.
   *
   * @throws SkeinException TOO_LARGE or INVALID_ARGUMENT: nothing can follow
   */
  Optional<Buffer> add(WebSocketFrame frame) {
    if (frame.isContinuation() == (unfinished == null)) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "fragments out of order");
    }
    if (!frame.isContinuation() && frame.isText() != text) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT,
          text ? "this subprotocol is text" : "this subprotocol is binary");
    }
    Buffer data = frame.binaryData();
    int size = data.length() + (unfinished == null ? 0 : unfinished.length());
    if (size > maxBytes) {
      throw new SkeinException(
          ErrorCode.TOO_LARGE, "a message has at most %d bytes".formatted(maxBytes));
    }
    Buffer whole = unfinished == null ? data : unfinished.appendBuffer(data);
    unfinished = frame.isFinal() ? null : whole;
    return frame.isFinal() ? Optional.of(whole) : Optional.empty();
  }
}
