package io.skein.message;

import java.util.Optional;
import java.util.UUID;

/**
 * Who calls, and how long the answer is waited for.
 *
 * @param userId the caller, or whom a backend acts for
 * @param sessionId the caller's connection; empty for calls over HTTP
 * @param deviceId the device of that connection; empty: not known
 * @param predecessor the clientMsgId that the connection sent before, if that is not yet answered
 * @param deadline in nanoseconds on the clock of the lanes
 */
public record Caller(
    String userId, String sessionId, String deviceId, Optional<UUID> predecessor, long deadline) {

  /** Without a device. */
  public Caller(String userId, String sessionId, Optional<UUID> predecessor, long deadline) {
    this(userId, sessionId, "", predecessor, deadline);
  }
}
