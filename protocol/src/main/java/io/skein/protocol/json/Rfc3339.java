package io.skein.protocol.json;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as text: RFC 3339, section 5.6, whose years have four digits. Written in UTC with 0, 3, 6
 * or 9 digits of a second, as {@link java.time.Instant} does; by hand, since every entry has one.
 */
public final class Rfc3339 {
  private static final long FIRST = -62_135_596_800L;
  private static final long LAST = 253_402_300_799L;
  private static final int SECONDS = "2026-12-01T08:00:00".length();

  private Rfc3339() {}

  /**
   * Reads a time of the years 1 to 9999, in any zone.
   *
   * @throws DateTimeException if it is none
   */
  static Timestamp parse(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    Timestamp parsed =
        Timestamp.newBuilder().setSeconds(time.toEpochSecond()).setNanos(time.getNano()).build();
    if (!isValid(parsed)) {
      throw new DateTimeException("not within the years 1 to 9999");
    }
    return parsed;
  }

  /** Whether it is a time of the years 1 to 9999; a protobuf client may send any numbers. */
  public static boolean isValid(Timestamp time) {
    return time.getSeconds() >= FIRST
        && time.getSeconds() <= LAST
        && time.getNanos() >= 0
        && time.getNanos() < 1_000_000_000;
  }

  /**
   * Writes a time.
   *
   * @throws DateTimeException if it is not valid
   */
  static String format(Timestamp time) {
    if (!isValid(time)) {
      throw new DateTimeException("not within the years 1 to 9999");
    }
    int nanos = time.getNanos();
    LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getSeconds(), 0, ZoneOffset.UTC);
    int digits = digits(nanos);
    byte[] text = new byte[SECONDS + (digits == 0 ? 1 : digits + 2)];
    put(text, 0, 4, utc.getYear());
    text[4] = '-';
    put(text, 5, 2, utc.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, utc.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, utc.getHour());
    text[13] = ':';
    put(text, 14, 2, utc.getMinute());
    text[16] = ':';
    put(text, 17, 2, utc.getSecond());
    if (digits > 0) {
      text[SECONDS] = '.';
      put(text, SECONDS + 1, 9, nanos, digits);
    }
    text[text.length - 1] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static int digits(int nanos) {
    if (nanos == 0) {
      return 0;
    }
    return nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
  }

  private static void put(byte[] text, int at, int width, int number) {
    put(text, at, width, number, width);
  }

  /** Writes the first of a number's digits. */
  private static void put(byte[] text, int at, int width, int number, int digits) {
    int rest = number;
    for (int i = width - 1; i >= 0; i--) {
      if (i < digits) {
        text[at + i] = (byte) ('0' + rest % 10);
      }
      rest /= 10;
    }
  }
}
