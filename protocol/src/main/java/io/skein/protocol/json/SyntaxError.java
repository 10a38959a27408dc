package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;

/**
 * What is wrong with a text that is no JSON, in the words of the parser as far as they may be
 * shown.
 */
final class SyntaxError {
  /** It goes on with the word itself, which may be a password without its quotes. */
  private static final String WORD = "Unrecognized token";

  /** It may go on with a name that is as long as the peer likes. */
  private static final int LONGEST = 200;

  private SyntaxError() {}

  static SkeinException of(JsonProcessingException broken) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message(broken));
  }

  private static String message(JsonProcessingException broken) {
    if (broken instanceof StreamConstraintsException) {
      return "the JSON is nested too deeply, or a value is too long";
    }
    String words = broken.getOriginalMessage();
    if (words.startsWith(WORD)) {
      return "not valid JSON: a word that is none of JSON's; texts need double quotes";
    }
    return "not valid JSON: "
        + (words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…");
  }
}
