package io.skein.message;

import java.time.Duration;

/**
 * How messages may be changed after they were sent, and what is kept beside the log.
 *
 * @param editTime how long their sender may edit them
 * @param recallTime how long their sender may take them back; owners and admins of groups always
 * @param maxPins pinned messages of one conversation
 * @param maxReactionKinds different reactions to one message
 * @param maxRetained retained values of one conversation
 */
public record ChangeLimits(
    Duration editTime, Duration recallTime, int maxPins, int maxReactionKinds, int maxRetained) {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Checks what a wrong configuration file could break. */
  public ChangeLimits {
    check(editTime, "editTime");
    check(recallTime, "recallTime");
    if (maxPins < 0 || maxReactionKinds < 0 || maxRetained < 0) {
      throw new IllegalArgumentException(
          "maxPins, maxReactionKinds and maxRetained must not be negative");
    }
  }

  private static void check(Duration time, String name) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be 0 to 36500 days");
    }
  }

  /** What suits most. */
  public static ChangeLimits defaults() {
    return new ChangeLimits(Duration.ofHours(24), Duration.ofHours(24), 50, 20, 1000);
  }
}
