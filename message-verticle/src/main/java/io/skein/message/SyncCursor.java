package io.skein.message;

import io.skein.message.ConversationStore.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a client stands in the changes of its list. Opaque to clients; a made-up one shows nothing
 * but the caller's own rows.
 *
 * @param historyId in which database the transaction ids mean something
 * @param since what changed from this transaction on is listed
 * @param next where the next sync starts: the horizon of the first page; 0 between two syncs
 * @param after the last row of the page before; empty at the start of a sync
 */
record SyncCursor(String historyId, long since, long next, Optional<Position> after) {
  private static final byte VERSION = 1;
  private static final int MAX_TEXT = 200;

  /** A sync that starts where the last one began to look. */
  static SyncCursor between(String historyId, long since) {
    return new SyncCursor(historyId, since, 0, Optional.empty());
  }

  String encode() {
    byte[] history = historyId.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 1 + history.length + 2 * 8 + 8 + 16);
    bytes.put(VERSION).put((byte) history.length).put(history).putLong(since).putLong(next);
    after.ifPresent(
        position ->
            bytes
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.lastSentAt()))
                .putLong(position.conversationId().getMostSignificantBits())
                .putLong(position.conversationId().getLeastSignificantBits()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  /** Empty for what this version does not read. */
  static Optional<SyncCursor> decode(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (text.length() > MAX_TEXT || bytes.get() != VERSION) {
        return Optional.empty();
      }
      byte[] history = new byte[Byte.toUnsignedInt(bytes.get())];
      bytes.get(history);
      long since = bytes.getLong();
      long next = bytes.getLong();
      Optional<Position> after =
          bytes.hasRemaining()
              ? Optional.of(
                  new Position(
                      Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                      new UUID(bytes.getLong(), bytes.getLong())))
              : Optional.empty();
      boolean sane = since >= 0 && next >= 0 && !bytes.hasRemaining();
      return sane
          ? Optional.of(
              new SyncCursor(new String(history, StandardCharsets.US_ASCII), since, next, after))
          : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException notOurs) {
      return Optional.empty();
    }
  }
}
