package io.skein.client;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.util.concurrent.CompletionException;

/** What the client itself reports in the error vocabulary. */
final class Failures {
  private Failures() {}

  /** The failure without the wrapping of futures. */
  static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  static SkeinException closed() {
    return new SkeinException(ErrorCode.UNAVAILABLE, "the client is closed");
  }

  static SkeinException connectionLost(String method) {
    return new SkeinException(
        ErrorCode.UNAVAILABLE,
        "the connection broke before " + method + " was answered: it may have been done");
  }

  static SkeinException noAnswer(String method) {
    return new SkeinException(ErrorCode.DEADLINE_EXCEEDED, method + " was not answered in time");
  }

  static SkeinException queueFull(String what) {
    return new SkeinException(ErrorCode.OVERLOADED, "too many " + what + " wait already");
  }
}
