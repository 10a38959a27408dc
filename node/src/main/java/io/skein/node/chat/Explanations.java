package io.skein.node.chat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.util.concurrent.CompletionException;

/** Errors in the words of somebody who chats. */
final class Explanations {
  private Explanations() {}

  static String of(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof SkeinException refused) {
      return of(refused.code()) + " (" + refused.code().word() + ": " + refused.getMessage() + ")";
    }
    return String.valueOf(cause.getMessage());
  }

  private static String of(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND -> "it is not there";
      case TOO_LARGE -> "too long";
      case UNAUTHENTICATED, TOKEN_EXPIRED -> "the server does not accept who you are";
      case PERMISSION_DENIED, BANNED -> "the server does not allow it";
      case SESSION_REFUSED, ALREADY_CONNECTED -> "this user is connected somewhere else";
      case RATE_LIMITED, OVERLOADED, UNAVAILABLE, DEADLINE_EXCEEDED, OUT_OF_ORDER ->
          "the server could not do it now; try again";
      case TOO_LATE -> "it is too late for that";
      case UNCHANGED -> "it is so already";
      case INVALID_ARGUMENT, ALREADY_EXISTS, CONFLICT -> "the server does not understand it";
      case UNIMPLEMENTED -> "the server is older than this program";
      case INTERNAL -> "the server failed";
    };
  }
}
