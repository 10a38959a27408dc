package io.skein.session.device;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;

/** Device ids are the installations' own strings: 1-64 code points, no control characters. */
public final class DeviceIds {
  private static final int MAX_LENGTH = 64;

  private DeviceIds() {}

  /**
   * Answers the id itself.
   *
   * @param field the request field, for the error
   * @throws SkeinException INVALID_ARGUMENT
   */
  public static String check(String deviceId, String field) {
    int length = deviceId.codePointCount(0, deviceId.length());
    if (length < 1
        || length > MAX_LENGTH
        || deviceId.codePoints().anyMatch(Character::isISOControl)) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT,
              "a device id has 1 to " + MAX_LENGTH + " characters, none of them control characters")
          .withField(field);
    }
    return deviceId;
  }
}
