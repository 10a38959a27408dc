package io.skein.gateway.wire;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Cuts the bytes of one connection into frames. Keeps at most one unfinished frame. */
public interface FrameCutter {

  /**
   * Takes what was read and hands out the frames that it completes, in order.
   *
   * @throws io.skein.protocol.SkeinException TOO_LARGE or INVALID_ARGUMENT: the stream cannot be
   *     read any further
   */
  void feed(Buffer read, Consumer<byte[]> frames);

  /** Whether a frame has begun and not ended. */
  boolean hasUnfinished();
}
