package io.skein.session.account;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * What trades for new tokens, once: the id of its line and a secret. The store knows only a hash of
 * the secret, so that a copy of the database opens nothing.
 */
public record RefreshToken(UUID line, byte[] secret) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LINE_BYTES = 16;
  private static final int SECRET_BYTES = 32;

  /** The next token of a line. */
  public static RefreshToken next(UUID line) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new RefreshToken(line, secret);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SkeinException UNAUTHENTICATED
   */
  public static RefreshToken parse(String text) {
    byte[] bytes = decode(text);
    if (bytes.length != LINE_BYTES + SECRET_BYTES) {
      throw refusal();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID line = new UUID(buffer.getLong(), buffer.getLong());
    byte[] secret = new byte[SECRET_BYTES];
    buffer.get(secret);
    return new RefreshToken(line, secret);
  }

  /** 64 characters of base64url (RFC 4648 §5). */
  String encode() {
    byte[] bytes =
        ByteBuffer.allocate(LINE_BYTES + SECRET_BYTES)
            .putLong(line.getMostSignificantBits())
            .putLong(line.getLeastSignificantBits())
            .put(secret)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** SHA-256; the secret is random and long, so it needs neither salt nor a slow hash. */
  byte[] secretHash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  static SkeinException refusal() {
    return new SkeinException(
        ErrorCode.UNAUTHENTICATED, "the refresh token is not good (any more): log in again");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "RefreshToken[" + line + "]";
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException broken) {
      throw refusal();
    }
  }
}
