package io.skein.mesh;

import io.skein.protocol.internal.v1.CallerInfo;
import java.time.Duration;

/**
 * On whose behalf and for how long a call is made.
 *
 * @param budget all the time it may take, retries included
 * @param trace follows a request through logs; may be empty
 */
public record CallContext(CallerInfo caller, Duration budget, String trace) {
  private static final CallerInfo VERTICLE =
      CallerInfo.newBuilder().setKind(CallerInfo.Kind.INTERNAL).build();

  /** A verticle calls for itself. */
  public static CallContext internal(Duration budget) {
    return new CallContext(VERTICLE, budget, "");
  }
}
