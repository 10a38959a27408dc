package io.skein.gateway.connection;

import io.skein.gateway.wire.Frame;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Frames that wait for the socket, in order. Of those with the same key only the newest waits: it
 * stands where it was added, so that no frame overtakes another.
 */
final class FrameQueue {
  private final Deque<Frame> frames = new ArrayDeque<>();

  /** The newest frame of each key that waits. */
  private final Map<String, Frame> newest = new HashMap<>();

  /** How many in the queue have been superseded and are passed over when their turn comes. */
  private int superseded;

  private int bytes;

  boolean isEmpty() {
    return frames.size() == superseded;
  }

  /** What waits. */
  int bytes() {
    return bytes;
  }

  /** What would wait after {@link #add}. */
  int bytesWith(Frame frame) {
    Frame older = newest.get(frame.key());
    return bytes + frame.size() - (older == null ? 0 : older.size());
  }

  /**
   * Adds a frame at the end.
   *
   * @return how many older ones it supersedes: one or none
   */
  int add(Frame frame) {
    frames.add(frame);
    bytes += frame.size();
    Frame older = frame.key().isEmpty() ? null : newest.put(frame.key(), frame);
    if (older == null) {
      return 0;
    }
    bytes -= older.size();
    superseded++;
    if (superseded > frames.size() / 2) {
      frames.removeIf(this::isSuperseded);
      superseded = 0;
    }
    return 1;
  }

  /** Takes out as many frames as fit, but one at least, if any waits. */
  Buffer take(int mostBytes) {
    Buffer taken = Buffer.buffer(Math.min(mostBytes, bytes));
    while (!frames.isEmpty()) {
      Frame next = frames.peek();
      boolean passedOver = isSuperseded(next);
      if (!passedOver && taken.length() > 0 && taken.length() + next.size() > mostBytes) {
        break;
      }
      frames.remove();
      if (passedOver) {
        superseded--;
      } else {
        newest.remove(next.key());
        bytes -= next.size();
        next.appendTo(taken);
      }
    }
    return taken;
  }

  /**
   * Takes out what may be dropped, which all frames with a key may.
   *
   * @return how many frames
   */
  int dropDroppable() {
    int before = frames.size() - superseded;
    frames.removeIf(frame -> frame.droppable() && forget(frame));
    newest.clear();
    superseded = 0;
    return before - frames.size();
  }

  private boolean forget(Frame frame) {
    bytes -= isSuperseded(frame) ? 0 : frame.size();
    return true;
  }

  void clear() {
    frames.clear();
    newest.clear();
    superseded = 0;
    bytes = 0;
  }

  @SuppressWarnings("ReferenceEquality") // Two frames may say the same.
  private boolean isSuperseded(Frame frame) {
    return !frame.key().isEmpty() && newest.get(frame.key()) != frame;
  }
}
