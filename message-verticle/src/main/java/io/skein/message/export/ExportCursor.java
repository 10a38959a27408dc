package io.skein.message.export;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Where an export goes on. Opaque to clients; a made-up one shows nothing but the caller's own
 * data.
 *
 * @param part what is being told
 * @param first the id that the last line had
 * @param second and the second one, where one is not enough
 * @param number the seq that it had, where there is one
 * @param key the key that it had, where there is one
 */
record ExportCursor(Part part, UUID first, UUID second, int number, String key) {
  private static final UUID LOWEST = new UUID(0, 0);
  private static final int MAX_TEXT = 600;

  /** In this order. */
  enum Part {
    MEMBERSHIPS,
    JOIN_REQUESTS,
    SCHEDULED,
    SENT,
    /** Entries that the server made of what the user did. */
    MADE,
    RETAINED
  }

  static ExportCursor beginning(Part part) {
    return new ExportCursor(part, LOWEST, LOWEST, 0, "");
  }

  static ExportCursor after(Part part, UUID first) {
    return new ExportCursor(part, first, LOWEST, 0, "");
  }

  String encode() {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 4 * 8 + 4 + text.length);
    bytes
        .put((byte) part.ordinal())
        .putLong(first.getMostSignificantBits())
        .putLong(first.getLeastSignificantBits())
        .putLong(second.getMostSignificantBits())
        .putLong(second.getLeastSignificantBits())
        .putInt(number)
        .put(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads what {@link #encode} wrote; empty: the beginning.
   *
   * @throws SkeinException INVALID_ARGUMENT
   */
  static ExportCursor decode(String text) {
    if (text.isEmpty()) {
      return beginning(Part.MEMBERSHIPS);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (text.length() <= MAX_TEXT && bytes.remaining() >= 1 + 4 * 8 + 4) {
        Part part = Part.values()[Byte.toUnsignedInt(bytes.get()) % Part.values().length];
        UUID first = new UUID(bytes.getLong(), bytes.getLong());
        UUID second = new UUID(bytes.getLong(), bytes.getLong());
        int number = bytes.getInt();
        String key = StandardCharsets.UTF_8.decode(bytes).toString().replace("\0", "");
        return new ExportCursor(part, first, second, number, key);
      }
    } catch (IllegalArgumentException notOurs) {
      // Said below.
    }
    throw new SkeinException(
            ErrorCode.INVALID_ARGUMENT, "a cursor of this method's last reply is needed")
        .withField("cursor");
  }
}
