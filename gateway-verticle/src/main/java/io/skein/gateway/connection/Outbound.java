package io.skein.gateway.connection;

import io.skein.gateway.wire.Frame;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

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
  private final Deque<Frame> queue = new ArrayDeque<>();
  private int bytes;
  private boolean marked;
  private boolean writing;
  private Runnable whenEmpty;

  Outbound(Transport transport, FlushTurn turn, int maxBytes) {
    this.transport = transport;
    this.turn = turn;
    this.maxBytes = maxBytes;
  }

  /**
   * Queues a frame. Over the limit, droppable frames go first; a frame larger than the limit passes
   * when nothing else waits.
   *
   * @return how many frames were dropped, or -1 if there is no room even so
   */
  int add(Frame frame) {
    int dropped = 0;
    if (bytes > 0 && bytes + frame.size() > maxBytes) {
      if (frame.droppable()) {
        return 1;
      }
      dropped = dropDroppable();
      if (bytes > 0 && bytes + frame.size() > maxBytes) {
        return -1;
      }
    }
    queue.add(frame);
    bytes += frame.size();
    mark();
    return dropped;
  }

  /** Forgets what waits and queues only this last frame. What is being written stays whole. */
  void replaceBy(Frame last) {
    queue.forEach(frame -> bytes -= frame.size());
    queue.clear();
    addLast(last);
  }

  /** Queues the last frame of the connection, whatever the limit. */
  void addLast(Frame last) {
    queue.add(last);
    bytes += last.size();
    mark();
  }

  /** Calls once, when everything has been taken by the socket; never if the socket fails. */
  void whenEmpty(Runnable action) {
    whenEmpty = action;
    mark();
  }

  /** Bytes that the socket has not taken yet. */
  int bytes() {
    return bytes;
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
    Buffer chunk = nextChunk();
    writing = true;
    transport
        .write(chunk)
        .onComplete(
            done -> {
              writing = false;
              bytes -= chunk.length();
              if (done.succeeded()) {
                write();
              } else {
                transport.abort();
              }
            });
  }

  private Buffer nextChunk() {
    int size = 0;
    int frames = 0;
    for (Frame frame : queue) {
      if (frames > 0 && size + frame.size() > CHUNK) {
        break;
      }
      size += frame.size();
      frames++;
    }
    Buffer chunk = Buffer.buffer(size);
    for (int i = 0; i < frames; i++) {
      queue.remove().appendTo(chunk);
    }
    return chunk;
  }

  private int dropDroppable() {
    int before = queue.size();
    queue.removeIf(
        frame -> {
          if (frame.droppable()) {
            bytes -= frame.size();
          }
          return frame.droppable();
        });
    return before - queue.size();
  }

  private void runWhenEmpty() {
    if (whenEmpty != null) {
      Runnable action = whenEmpty;
      whenEmpty = null;
      action.run();
    }
  }
}
