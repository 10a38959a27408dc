package io.skein.gateway.call;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Device;

/** What a device may say of itself. */
final class DeviceRules {
  private static final int MAX_ID = 64;
  private static final int MAX_PLATFORM = 32;
  private static final int MAX_NAME = 128;

  private DeviceRules() {}

  /**
   * Answers the device itself.
   *
   * @throws SkeinException INVALID_ARGUMENT, with the field
   */
  static Device check(Device device) {
    checkText(device.getId(), 1, MAX_ID, "device.id");
    checkText(device.getPlatform(), 0, MAX_PLATFORM, "device.platform");
    checkText(device.getName(), 0, MAX_NAME, "device.name");
    return device;
  }

  private static void checkText(String text, int min, int max, String field) {
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "%d to %d characters are needed".formatted(min, max))
          .withField(field);
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "without control characters")
          .withField(field);
    }
  }
}
