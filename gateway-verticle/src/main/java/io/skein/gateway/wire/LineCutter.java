package io.skein.gateway.wire;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Cuts frames that are lines. Empty lines are skipped; a carriage return before the end, too. */
final class LineCutter implements FrameCutter {
  private final int maxFrameBytes;
  private Buffer kept = Buffer.buffer();

  LineCutter(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public void feed(Buffer read, Consumer<byte[]> frames) {
    int searched = kept.length();
    Buffer bytes = searched == 0 ? read : kept.appendBuffer(read);
    int from = 0;
    for (int at = searched; at < bytes.length(); at++) {
      if (bytes.getByte(at) == '\n') {
        cut(bytes, from, at, frames);
        from = at + 1;
      }
    }
    checkLength(bytes.length() - from);
    // Only what is new is copied: an unfinished frame may come byte by byte.
    kept = bytes == kept && from == 0 ? kept : bytes.getBuffer(from, bytes.length());
  }

  @Override
  public boolean hasUnfinished() {
    return kept.length() > 0;
  }

  private void cut(Buffer bytes, int from, int lineEnd, Consumer<byte[]> frames) {
    int end = lineEnd > from && bytes.getByte(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
    checkLength(end - from);
    if (end > from) {
      frames.accept(bytes.getBytes(from, end));
    }
  }

  private void checkLength(int length) {
    if (length > maxFrameBytes) {
      throw new SkeinException(
          ErrorCode.TOO_LARGE, "a line has at most %d bytes".formatted(maxFrameBytes));
    }
  }
}
