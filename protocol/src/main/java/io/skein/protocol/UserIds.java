package io.skein.protocol;

/**
 * User ids are the integrator's own strings: 1-64 code points, no control characters, no lone
 * surrogates, no white space at the ends. They are compared exactly, without normalization.
 */
public final class UserIds {
  public static final int MAX_LENGTH = 64;

  private UserIds() {}

  /**
   * Answers the id itself.
   *
   * @param field the request field, for the error
   * @throws SkeinException INVALID_ARGUMENT that says what is wrong
   */
  public static String check(String userId, String field) {
    if (userId.isEmpty()) {
      throw wrong(field, "a user id is needed");
    }
    if (userId.codePointCount(0, userId.length()) > MAX_LENGTH) {
      throw wrong(field, "a user id has at most " + MAX_LENGTH + " characters");
    }
    if (userId.codePoints().anyMatch(UserIds::isForbidden)) {
      throw wrong(field, "a user id has no control characters");
    }
    if (!userId.equals(userId.strip())) {
      throw wrong(field, "a user id neither starts nor ends with white space");
    }
    return userId;
  }

  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
