package io.skein.session.directory;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.util.regex.Pattern;

/** Platforms and the classes they belong to. */
final class DeviceClass {
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

  private DeviceClass() {}

  /** The class of a platform; an unknown platform is a class of its own. */
  static String of(String platform) {
    return switch (platform) {
      case "android", "ios", "harmony" -> "mobile";
      case "windows", "macos", "linux" -> "desktop";
      default -> platform;
    };
  }

  /**
   * The platform as it is kept; none is "other".
   *
   * @throws SkeinException INVALID_ARGUMENT
   */
  static String checkPlatform(String platform) {
    if (platform.isEmpty()) {
      return "other";
    }
    if (!PLATFORM.matcher(platform).matches()) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT,
              "a platform is a lower case word of at most 32 characters such as android or web")
          .withField("device.platform");
    }
    return platform;
  }
}
