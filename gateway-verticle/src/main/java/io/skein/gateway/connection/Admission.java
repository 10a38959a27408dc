package io.skein.gateway.connection;

import io.skein.gateway.config.ConnectionLimits;
import io.skein.gateway.wire.Call;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which calls of a connection are let in: by their ids, their rate, and how many are unanswered.
 */
final class Admission {
  private static final Duration BACKOFF = Duration.ofMillis(100);

  private final ConnectionLimits limits;
  private final CallRate rate;
  private final Set<Integer> unanswered = new HashSet<>();

  Admission(ConnectionLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    rate = new CallRate(limits, nanoTime);
  }

  /** Counts a frame, before anything is spent on it; answers how much too early it is. */
  Duration nextCall() {
    return rate.take();
  }

  /** Why a call is refused, if it is. */
  Optional<SkeinException> refuse(Call call, Duration wait) {
    if (call.id() == 0) {
      return wrongId("a call has an id, and it is not 0");
    }
    if (unanswered.contains(call.id())) {
      return wrongId("the id is that of a call that is not answered yet");
    }
    if (!wait.isZero()) {
      return tooFast(wait);
    }
    if (unanswered.size() >= limits.maxInFlight()) {
      return refusal(
          ErrorCode.OVERLOADED,
          "%d calls are unanswered: wait for some".formatted(unanswered.size()),
          BACKOFF);
    }
    return Optional.empty();
  }

  /** The refusal of a frame that came too early; empty: it did not. */
  Optional<SkeinException> tooFast(Duration wait) {
    return wait.isZero()
        ? Optional.empty()
        : refusal(
            ErrorCode.RATE_LIMITED,
            "more than %d calls a second".formatted(limits.callsPerSecond()),
            wait.plusMillis(1));
  }

  void started(int id) {
    unanswered.add(id);
  }

  void answered(int id) {
    unanswered.remove(id);
  }

  boolean isIdle() {
    return unanswered.isEmpty();
  }

  private static Optional<SkeinException> wrongId(String message) {
    return Optional.of(new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField("id"));
  }

  private static Optional<SkeinException> refusal(ErrorCode code, String message, Duration wait) {
    return Optional.of(new SkeinException(code, message).withRetryAfter(wait));
  }
}
