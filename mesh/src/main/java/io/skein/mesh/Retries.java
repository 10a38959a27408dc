package io.skein.mesh;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.v1.Error;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which failures of a call are tried again, and when. */
final class Retries {
  /**
   * Not out_of_order: only the gateway knows what becomes of the call before, so it tries again
   * itself, with another predecessor if that one failed for good.
   */
  private static final Set<String> WORTH_IT =
      Set.of(ErrorCode.UNAVAILABLE.word(), ErrorCode.DEADLINE_EXCEEDED.word());

  private static final long FIRST_WAIT_MS = 10;
  private static final long MAX_WAIT_MS = 500;
  private static final int MAX_DOUBLINGS = 6;

  /** One attempt; a lost one is tried again within the budget. */
  static final Duration ATTEMPT = Duration.ofSeconds(2);

  private Retries() {}

  /**
   * Whether another attempt may help and cannot do harm.
   *
   * @param delivered false: the call certainly reached nobody
   */
  static boolean again(MethodInfo method, Error error, boolean delivered) {
    return WORTH_IT.contains(error.getCode()) && (method.idempotent() || !delivered);
  }

  /** Full jitter over an exponential bound, at least a quarter of it; milliseconds. */
  static long waitMs(int attempt) {
    long bound = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS << Math.min(attempt, MAX_DOUBLINGS));
    return bound / 4 + 1 + ThreadLocalRandom.current().nextLong(bound);
  }
}
