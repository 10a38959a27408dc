package io.skein.node.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}.
 */
public final class Durations {
  private static final Pattern FORMAT = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Also takes the ISO 8601 form ({@code PT30S}). A bare number has no unit and is refused.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  public static Duration parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = FORMAT.matcher(word);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      Duration iso = Duration.parse(word);
      if (!iso.isNegative()) {
        return iso;
      }
    } catch (DateTimeParseException notIso) {
      // Falls through to the one message for all that is no duration.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no duration; write a number and a unit: 500ms, 30s, 5m, 1h, 7d");
  }
}
