package io.skein.message;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;

/** What a sender is told when a message does not get into the log. */
final class Refusals {
  private Refusals() {}

  static SkeinException error(Outcome.Refused refused) {
    return switch (refused) {
      case NOT_FOUND -> MessageService.notFound();
      case CONFLICT ->
          of(ErrorCode.CONFLICT, "this clientMsgId was used before with another content")
              .withField("clientMsgId");
      case OUT_OF_ORDER ->
          of(ErrorCode.OUT_OF_ORDER, "the message sent before this one has not been stored");
      case NOT_ALLOWED ->
          of(
              ErrorCode.PERMISSION_DENIED,
              "you may not do this here: you are muted, your role is too low,"
                  + " or the message is another user's");
      case NO_SUCH_MESSAGE ->
          of(ErrorCode.NOT_FOUND, "the message to answer or change is not there, or not any more")
              .withField("seq");
      case TOO_LATE -> of(ErrorCode.TOO_LATE, "this message can no longer be changed by you");
      case UNCHANGED -> of(ErrorCode.UNCHANGED, "it is already so: nothing has changed");
      case UNSUITABLE ->
          of(ErrorCode.INVALID_ARGUMENT, "this kind of message cannot be changed in this way");
      case TOO_MANY ->
          of(
              ErrorCode.TOO_LARGE,
              "there are as many pins, kinds of reactions or retained values as there may be");
      case INVALID -> of(ErrorCode.INVALID_ARGUMENT, "the message cannot be stored");
      case UNAVAILABLE ->
          of(
              ErrorCode.UNAVAILABLE,
              "the database did not answer; send again with the same clientMsgId");
      case INTERNAL -> of(ErrorCode.INTERNAL, "the server failed on this message");
    };
  }

  static SkeinException error(Outcome.VersionConflict conflict) {
    return of(
            ErrorCode.CONFLICT,
            conflict.current() == 0
                ? "this key has no value yet: its version is 0"
                : "the version of this key is " + conflict.current())
        .withField("retained.expectedVersion");
  }

  private static SkeinException of(ErrorCode code, String message) {
    return new SkeinException(code, message);
  }
}
