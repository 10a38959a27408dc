package io.skein.bench.measure;

/**
 * When the messages of an open loop are due: whether those before were answered or not, and whether
 * the load is late or not. Latency counts from then, so that a server that stands still for a
 * second is charged for all that was due in that second.
 */
public final class Pacer {
  private static final double SECOND = 1e9;

  private final double perSecond;
  private final long start;
  private long given;

  /**
   * Starts at a time of {@link System#nanoTime}.
   *
   * @throws IllegalArgumentException unless it is more than 0 a second
   */
  public Pacer(double perSecond, long start) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate is above 0, not " + perSecond);
    }
    this.perSecond = perSecond;
    this.start = start;
  }

  /** When the next one is due. Counted from the start, so that roundings do not add up. */
  public long due() {
    return start + Math.round(given * SECOND / perSecond);
  }

  public boolean isDue(long now) {
    return due() - now <= 0;
  }

  /** Goes on to the one after, and returns when this one is due. */
  public long take() {
    long due = due();
    given++;
    return due;
  }
}
