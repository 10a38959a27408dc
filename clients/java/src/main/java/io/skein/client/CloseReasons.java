package io.skein.client;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import java.util.Arrays;

/** What a final close code means in the error vocabulary. */
final class CloseReasons {
  private CloseReasons() {}

  static ErrorCode errorOf(int closeCode) {
    return Arrays.stream(CloseCode.values())
        .filter(known -> known.code() == closeCode)
        .findFirst()
        .map(CloseReasons::errorOf)
        .orElse(ErrorCode.PERMISSION_DENIED);
  }

  private static ErrorCode errorOf(CloseCode code) {
    return switch (code) {
      case BAD_TOKEN, REVOKED, LOGGED_OUT -> ErrorCode.UNAUTHENTICATED;
      case TOKEN_EXPIRED -> ErrorCode.TOKEN_EXPIRED;
      case REPLACED, KICKED -> ErrorCode.SESSION_REFUSED;
      case BANNED -> ErrorCode.BANNED;
      case FRAME_TOO_LARGE -> ErrorCode.TOO_LARGE;
      case PROTOCOL_ERROR -> ErrorCode.INVALID_ARGUMENT;
      case DRAIN,
          OVERLOADED,
          SLOW_CONSUMER,
          HEARTBEAT_MISSED,
          STALE_NODE,
          AUTH_TIMEOUT,
          SERVER_ERROR ->
          ErrorCode.UNAVAILABLE;
    };
  }
}
