package io.skein.node.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes, written {@code 512}, {@code 64KiB}, {@code 1MiB}. */
public record DataSize(long bytes) {
  private static final Pattern FORMAT =
      Pattern.compile("(\\d{1,12}) ?(b|kb?|kib|mb?|mib|gb?|gib)?");
  private static final String[] UNITS = {"", "KiB", "MiB", "GiB"};

  /** All units are powers of 1,024, whichever way they are spelled. */
  static DataSize parse(String text) {
    Matcher matcher = FORMAT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size; write 512, 64KiB or 1MiB");
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2);
    int shift = 10 * "bkmg".indexOf(unit.charAt(0));
    return new DataSize(Long.parseLong(matcher.group(1)) << shift);
  }

  /** For what is counted in an int. */
  public int intBytes() {
    return Math.toIntExact(bytes);
  }

  @Override
  public String toString() {
    long left = bytes;
    int unit = 0;
    while (left > 0 && left % 1024 == 0 && unit < UNITS.length - 1) {
      left /= 1024;
      unit++;
    }
    return left + UNITS[unit];
  }
}
