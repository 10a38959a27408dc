package io.skein.protocol;

import io.skein.protocol.v1.Error;
import java.time.Duration;
import java.util.Objects;

/**
 * An expected failure, in the error vocabulary. Carries no stack trace: it is an answer, not a
 * defect.
 */
public final class SkeinException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int REPLACEMENT_CHARACTER = 0xFFFD;

  private final transient Error error;
  private final ErrorCode code;

  public SkeinException(ErrorCode code, String message) {
    this(code, newError(code, message).build());
  }

  private SkeinException(ErrorCode code, Error error) {
    super(error.getMessage(), null, false, false);
    this.code = Objects.requireNonNull(code);
    this.error = error;
  }

  /**
   * The failure that a reply carries; a word of a newer version becomes INTERNAL, kept in the
   * error.
   */
  public static SkeinException from(Error error) {
    return new SkeinException(ErrorCode.ofWord(error.getCode()).orElse(ErrorCode.INTERNAL), error);
  }

  /** Names the wrong request field, as a JSON path. */
  public SkeinException withField(String field) {
    return new SkeinException(code, error.toBuilder().setField(readable(field)).build());
  }

  /** Asks the caller to wait before it tries again. */
  public SkeinException withRetryAfter(Duration wait) {
    int millis = Math.toIntExact(Math.min(wait.toMillis(), Integer.MAX_VALUE));
    return new SkeinException(code, error.toBuilder().setRetryAfterMs(millis).build());
  }

  public ErrorCode code() {
    return code;
  }

  /** Whether the same call may succeed later: what the reply says, also for unknown words. */
  public boolean retryable() {
    return error.getRetryable();
  }

  public Error toError() {
    return error;
  }

  /** The wire form of any failure; what is not expected becomes INTERNAL without its details. */
  public static Error errorOf(Throwable failure) {
    if (failure instanceof SkeinException expected) {
      return expected.toError();
    }
    return newError(ErrorCode.INTERNAL, "the server failed on this call; its log says why").build();
  }

  private static Error.Builder newError(ErrorCode code, String message) {
    return Error.newBuilder()
        .setCode(code.word())
        .setMessage(readable(message))
        .setRetryable(code.retryable());
  }

  /** Echoes what a client sent as text that every client can read. */
  private static String readable(String text) {
    if (text.codePoints().noneMatch(SkeinException::isUnreadable)) {
      return text;
    }
    return text.codePoints()
        .map(c -> isUnreadable(c) ? REPLACEMENT_CHARACTER : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** U+0000 and surrogates that stand alone: Java tolerates both, strict parsers refuse them. */
  private static boolean isUnreadable(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
