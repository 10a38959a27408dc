package io.skein.session.erase;

import java.time.Duration;
import java.util.Optional;

/** What is done for an erased user, in this order. */
enum Step {
  /** Connections that the erasure itself could not close. */
  CONNECTIONS,
  /** What the message service keeps. */
  LOG,
  /** What was under way when the account ended, and came to the message service after it. */
  LATE_LOG,
  /** Devices and logins, whose fences were needed until now. */
  DEVICES,
  PRESENCE,
  NOTIFY;

  /** Longer than any call that began before the account ended. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  /** The step after this one; empty: it is the last. */
  Optional<Step> next() {
    return ordinal() + 1 < values().length
        ? Optional.of(values()[ordinal() + 1])
        : Optional.empty();
  }

  /** How long to wait before it. */
  Duration pause() {
    return this == LATE_LOG ? UNDER_WAY : Duration.ZERO;
  }
}
