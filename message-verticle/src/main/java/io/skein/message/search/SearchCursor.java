package io.skein.message.search;

import io.skein.message.search.SearchIndex.Position;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** A position among what was found, opaque to clients. */
final class SearchCursor {
  private static final int BYTES = 8 + 16 + 4;

  private SearchCursor() {}

  static String encode(Position position) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.sentAt()))
        .putLong(position.conversationId().getMostSignificantBits())
        .putLong(position.conversationId().getLeastSignificantBits())
        .putInt(position.seq());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a cursor.
   *
   * @throws SkeinException INVALID_ARGUMENT if it is none
   */
  static Position decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length == BYTES) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Position(
            Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS),
            new UUID(buffer.getLong(), buffer.getLong()),
            buffer.getInt());
      }
    } catch (IllegalArgumentException | ArithmeticException notOurs) {
      throw wrong();
    }
    throw wrong();
  }

  private static SkeinException wrong() {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, "this is no cursor of a search")
        .withField("cursor");
  }
}
