package io.skein.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Conversation ids are UUIDs; on the wire in their 36-character lower-case form. */
public final class ConversationIds {
  private static final int TEXT_LENGTH = 36;

  private ConversationIds() {}

  /**
   * The id of the direct conversation of two users (or of one with oneself): both sides compute the
   * same one, so that it needs no look-up. SHA-256 over the sorted ids, each with its length before
   * it, so that no two pairs share a text; as a version 8 UUID (RFC 9562, 5.8).
   */
  public static UUID direct(String one, String other) {
    boolean ordered = one.compareTo(other) <= 0;
    byte[] first = (ordered ? one : other).getBytes(StandardCharsets.UTF_8);
    byte[] second = (ordered ? other : one).getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length);
    text.putInt(first.length).put(first).putInt(second.length).put(second);
    ByteBuffer hash = ByteBuffer.wrap(sha256(text.array()));
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /**
   * Reads the wire form, strictly.
   *
   * @throws SkeinException INVALID_ARGUMENT
   */
  public static UUID parse(String text, String field) {
    if (text.length() == TEXT_LENGTH) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException notAnId) {
        // Falls through to the one error below.
      }
    }
    throw new SkeinException(
            ErrorCode.INVALID_ARGUMENT, "a UUID in its 36-character form is needed")
        .withField(field);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
