package io.skein.protocol;

import io.skein.protocol.v1.Bye;

/**
 * Why the server closes a connection: the code of {@code bye} and of the WebSocket close frame.
 * 4000-4499: come back; 4500-4999: do not, the cause lasts.
 */
public enum CloseCode {
  DRAIN(4000),
  OVERLOADED(4001),
  SLOW_CONSUMER(4002),
  HEARTBEAT_MISSED(4003),
  /** The node was paused or cut off and no longer knows what it missed. */
  STALE_NODE(4004),
  /** No connect within the deadline. */
  AUTH_TIMEOUT(4005),
  SERVER_ERROR(4006),
  PROTOCOL_ERROR(4500),
  FRAME_TOO_LARGE(4501),
  BAD_TOKEN(4502),
  TOKEN_EXPIRED(4503),
  /** A newer session took this one's place. */
  REPLACED(4504),
  KICKED(4505),
  REVOKED(4506),
  LOGGED_OUT(4507),
  BANNED(4508);

  private static final int FIRST_FINAL = 4500;

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether a client should come back by itself. */
  public boolean reconnect() {
    return code < FIRST_FINAL;
  }

  /** The last frame of a connection; waits are in milliseconds. */
  public Bye toBye(String reason, int afterMs, int jitterMs) {
    return Bye.newBuilder()
        .setCode(code)
        .setReason(reason)
        .setReconnect(reconnect())
        .setAfterMs(afterMs)
        .setJitterMs(jitterMs)
        .build();
  }

  public Bye toBye(String reason) {
    return toBye(reason, 0, 0);
  }
}
