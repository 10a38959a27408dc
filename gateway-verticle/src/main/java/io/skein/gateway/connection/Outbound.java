package io.skein.gateway.connection;

import io.skein.gateway.wire.Frame;
import io.vertx.core.buffer.Buffer;

/**
 * The queue of frames to one client, bounded in bytes. It has one write under way at a time, so
 * that what waits for a slow reader waits here, where it is counted and can be dropped.
 */
final class Outbound {
  /** A write is about as large as a socket buffer. */
  private static final int CHUNK = 64 * 1024;

  private final Transport transport;
  private final FlushTurn turn;
  private final int maxBytes;
  private final FrameQueue queue = new FrameQueue();

  /** Bytes of the write under way. */
  private int written;

  private boolean marked;
  private boolean writing;
  private Runnable whenEmpty;

  Outbound(Transport transport, FlushTurn turn, int maxBytes) {
    this.transport = transport;
    this.turn = turn;
    this.maxBytes = maxBytes;
  }

  /**
   * Queues a frame, in the place of a waiting one with the same key. Over the limit, droppable
   * frames go first; a frame larger than the limit passes when nothing else waits.
   *
   * @return how many frames were dropped, or -1 if there is no room even so
   */
  int add(Frame frame) {
    int dropped = 0;
    if (!fits(frame)) {
      if (frame.droppable()) {
        return 1;
      }
      dropped = queue.dropDroppable();
      if (!fits(frame)) {
        return -1;
      }
    }
    dropped += queue.add(frame);
    mark();
    return dropped;
  }

  private boolean fits(Frame frame) {
    return bytes() == 0 || written + queue.bytesWith(frame) <= maxBytes;
  }

  /** Forgets what waits and queues only this last frame. What is being written stays whole. */
  void replaceBy(Frame last) {
    queue.clear();
    addLast(last);
  }

  /** Queues the last frame of the connection, whatever the limit. */
  void addLast(Frame last) {
    queue.add(last);
    mark();
  }

  /** Calls once, when everything has been taken by the socket; never if the socket fails. */
  void whenEmpty(Runnable action) {
    whenEmpty = action;
    mark();
  }

  /** Bytes that the socket has not taken yet. */
  int bytes() {
    return written + queue.bytes();
  }

  void endOfTurn() {
    marked = false;
    write();
  }

  private void mark() {
    if (!marked) {
      marked = true;
      turn.mark(this);
    }
  }

  private void write() {
    if (writing) {
      return;
    }
    if (queue.isEmpty()) {
      runWhenEmpty();
      return;
    }
    Buffer chunk = queue.take(CHUNK);
    written = chunk.length();
    writing = true;
    transport
        .write(chunk)
        .onComplete(
            done -> {
              writing = false;
              written = 0;
              if (done.succeeded()) {
                write();
              } else {
                transport.abort();
              }
            });
  }

  private void runWhenEmpty() {
    if (whenEmpty != null) {
      Runnable action = whenEmpty;
      whenEmpty = null;
      action.run();
    }
  }
}
