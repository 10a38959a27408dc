package io.skein.bench;

import java.time.Duration;

/**
 * What to do.
 *
 * @param pairs senders; each has a receiver
 * @param window unanswered messages of a sender
 * @param bodyBytes of a text, all of them ASCII
 */
record BenchPlan(int pairs, int window, Duration warmUp, Duration measured, int bodyBytes) {
  /** The time of sending is in the text. */
  private static final int MIN_BODY = 20;

  BenchPlan {
    if (pairs < 1 || window < 1 || bodyBytes < MIN_BODY) {
      throw new IllegalArgumentException(
          "at least one pair, a window of 1 and texts of " + MIN_BODY + " bytes are needed");
    }
  }
}
