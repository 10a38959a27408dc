package io.skein.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one vocabulary of errors, with its mapping to HTTP. Frames carry {@link #word()}. */
public enum ErrorCode {
  INVALID_ARGUMENT(400, false),
  UNAUTHENTICATED(401, false),
  TOKEN_EXPIRED(401, false),
  PERMISSION_DENIED(403, false),
  /** It is not there, or the caller may not know that it is. */
  NOT_FOUND(404, false),
  ALREADY_EXISTS(409, false),
  ALREADY_CONNECTED(409, false),
  /** The multi-device policy prefers the session that is there. */
  SESSION_REFUSED(409, false),
  /** The idempotency id was used before with another content. */
  CONFLICT(409, false),
  /** The time in which this could be done is over. */
  TOO_LATE(409, false),
  /** What is asked for is so already. */
  UNCHANGED(409, false),
  TOO_LARGE(413, false),
  /** The call that this one follows has not been done. */
  OUT_OF_ORDER(425, true),
  RATE_LIMITED(429, true),
  /** More work is queued than the server admits. */
  OVERLOADED(503, true),
  /** A store or a service cannot be reached at the moment. */
  UNAVAILABLE(503, true),
  /** Nobody answered in time: it may or may not have been done. */
  DEADLINE_EXCEEDED(504, true),
  UNIMPLEMENTED(501, false),
  BANNED(403, false),
  /** A defect of the server; its log says more under the trace id. */
  INTERNAL(500, false);

  private static final Map<String, ErrorCode> BY_WORD =
      Stream.of(values()).collect(Collectors.toMap(ErrorCode::word, Function.identity()));

  private final String word = name().toLowerCase(Locale.ROOT);
  private final int httpStatus;
  private final boolean retryable;

  ErrorCode(int httpStatus, boolean retryable) {
    this.httpStatus = httpStatus;
    this.retryable = retryable;
  }

  /** As on the wire: {@code "invalid_argument"}. */
  public String word() {
    return word;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the same call may succeed later without a change. */
  public boolean retryable() {
    return retryable;
  }

  /** The code of a word; empty for a word of a newer version. */
  public static Optional<ErrorCode> ofWord(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
