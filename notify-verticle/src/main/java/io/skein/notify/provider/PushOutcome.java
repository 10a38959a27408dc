package io.skein.notify.provider;

import java.time.Duration;
import java.util.Optional;

/** How one attempt ended. */
public sealed interface PushOutcome {
  /** The other side has it. */
  record Delivered() implements PushOutcome {}

  /**
   * It may work later.
   *
   * @param after as the other side asks; empty: our own backoff
   * @param reason for the log, and for the dead letter in the end
   */
  record Retry(Optional<Duration> after, String reason) implements PushOutcome {}

  /** It will never work. */
  record Rejected(String reason) implements PushOutcome {}
}
