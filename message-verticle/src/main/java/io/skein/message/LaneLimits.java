package io.skein.message;

/**
 * How much a lane takes on.
 *
 * @param maxBatch items worked on together
 * @param maxQueue items that wait
 */
public record LaneLimits(int maxBatch, int maxQueue) {
  /** Checks that it takes anything at all. */
  public LaneLimits {
    if (maxBatch < 1 || maxQueue < 1) {
      throw new IllegalArgumentException("a lane takes at least one item");
    }
  }
}
