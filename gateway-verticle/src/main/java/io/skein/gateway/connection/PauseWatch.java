package io.skein.gateway.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices that the process stood still (stopped, swapped out, or its event loop blocked) for longer
 * than others wait for it. By then its sessions may have been given away.
 */
public final class PauseWatch {
  private final long limit;
  private final LongSupplier nanoTime;
  private long last;

  /**
   * @param limit the longest pause that changes nothing
   * @param nanoTime monotonic, in nanoseconds
   */
  public PauseWatch(Duration limit, LongSupplier nanoTime) {
    this.limit = limit.toNanos();
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /** Notes that the event loop is alive; to be called much more often than the limit. */
  public void beat() {
    last = nanoTime.getAsLong();
  }

  /** Whether the last beat is too long ago. */
  public boolean overslept() {
    return nanoTime.getAsLong() - last > limit;
  }
}
