package io.skein.client.transport;

import java.util.Arrays;

/** Received bytes that are no complete frame yet. Not thread-safe. */
final class FrameBuffer {
  private static final int INITIAL = 16 * 1024;

  private byte[] bytes = new byte[INITIAL];
  private int start;
  private int end;

  void append(byte[] more, int length) {
    if (end + length > bytes.length) {
      makeRoom(length);
    }
    System.arraycopy(more, 0, bytes, end, length);
    end += length;
  }

  private void makeRoom(int length) {
    int size = size();
    byte[] target =
        size + length > bytes.length ? new byte[Math.max(bytes.length * 2, size + length)] : bytes;
    System.arraycopy(bytes, start, target, 0, size);
    bytes = target;
    start = 0;
    end = size;
  }

  int size() {
    return end - start;
  }

  /** The unsigned byte at {@code index} after the start. */
  int at(int index) {
    return bytes[start + index] & 0xff;
  }

  /** Where {@code wanted} is, at or after {@code from}; -1: nowhere. */
  int indexOf(byte wanted, int from) {
    for (int i = start + from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i - start;
      }
    }
    return -1;
  }

  void skip(int count) {
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    skip(count);
    return taken;
  }
}
