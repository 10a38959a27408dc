package io.skein.session.token;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Identifies a token towards gateways, which hand it back, unread, when a session is opened: all
 * that is needed to see whether the token was revoked between its check and the opening.
 *
 * @param line the login that the token descends from
 * @param issuedAt in whole seconds
 * @param jti the token's own id
 */
public record TokenId(Optional<UUID> line, Instant issuedAt, String jti) {

  /** {@code <line>/<seconds>/<jti>}; the line may be empty. */
  public String encode() {
    return line.map(UUID::toString).orElse("") + "/" + issuedAt.getEpochSecond() + "/" + jti;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SkeinException INVALID_ARGUMENT
   */
  public static TokenId parse(String text) {
    String[] parts = text.split("/", 3);
    try {
      Optional<UUID> line =
          parts[0].isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(parts[0]));
      return new TokenId(line, Instant.ofEpochSecond(Long.parseLong(parts[1])), parts[2]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "not a token id of tokens.verify")
          .withField("tokenId");
    }
  }
}
