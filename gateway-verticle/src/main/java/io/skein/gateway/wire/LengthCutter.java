package io.skein.gateway.wire;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts frames that follow their length, a varint. The length is checked before any of the frame is
 * kept, so that a lie about it costs nothing.
 */
final class LengthCutter implements FrameCutter {
  private static final int MORE_BYTES = 0x80;
  private static final int SEVEN_BITS = 0x7F;
  private static final int LONGEST_SHIFT = 28;

  private final int maxFrameBytes;
  private Buffer kept = Buffer.buffer();

  LengthCutter(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public void feed(Buffer read, Consumer<byte[]> frames) {
    Buffer bytes = kept.length() == 0 ? read : kept.appendBuffer(read);
    int from = 0;
    int next = cut(bytes, from, frames);
    while (next > from) {
      from = next;
      next = cut(bytes, from, frames);
    }
    // Only what is new is copied: an unfinished frame may come byte by byte.
    kept = bytes == kept && from == 0 ? kept : bytes.getBuffer(from, bytes.length());
  }

  @Override
  public boolean hasUnfinished() {
    return kept.length() > 0;
  }

  /**
   * Cuts one frame; answers where the next one begins, or {@code from} if this one is unfinished.
   */
  private int cut(Buffer bytes, int from, Consumer<byte[]> frames) {
    long length = 0;
    int at = from;
    for (int shift = 0; at < bytes.length(); shift += 7) {
      int read = bytes.getByte(at++);
      length |= (long) (read & SEVEN_BITS) << shift;
      if ((read & MORE_BYTES) == 0) {
        checkLength(length);
        int end = at + (int) length;
        if (end > bytes.length()) {
          return from;
        }
        frames.accept(bytes.getBytes(at, end));
        return end;
      }
      if (shift >= LONGEST_SHIFT) {
        throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a frame's length is no varint");
      }
    }
    return from;
  }

  private void checkLength(long length) {
    if (length > maxFrameBytes) {
      throw new SkeinException(
          ErrorCode.TOO_LARGE,
          "a frame of %d bytes, and %d are allowed".formatted(length, maxFrameBytes));
    }
  }
}
