package io.skein.bench.wire;

import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a time that is given in nanoseconds: a selector's own time-out is in
 * milliseconds, too coarse to send on time.
 */
final class Alarm implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Runnable wake;
  private final Thread thread;
  private volatile long at = NEVER;
  private volatile long sleepsUntil = NEVER;
  private volatile boolean closed;

  Alarm(Runnable wake) {
    this.wake = wake;
    this.thread = Thread.ofPlatform().daemon().name("bench-alarm").start(this::run);
  }

  /** Rings once at this time of {@link System#nanoTime}, and not at the one set before. */
  void set(long nanoTime) {
    at = nanoTime;
    // One that sleeps too short finds out by itself; waking it at every turn would be dear.
    long sleeps = sleepsUntil;
    if (sleeps == NEVER || nanoTime - sleeps < 0) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long next = at;
      long wait = next == NEVER ? NEVER : next - System.nanoTime();
      if (wait > 0) {
        sleepsUntil = next;
        if (at == next) { // else set did not know until when we sleep
          LockSupport.parkNanos(wait);
        }
      } else {
        // One that is set meanwhile stays; ringing once more than needed does no harm.
        if (at == next) {
          at = NEVER;
        }
        wake.run();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
