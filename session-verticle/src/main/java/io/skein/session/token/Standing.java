package io.skein.session.token;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store knows about the user of a token.
 *
 * @param banned the account may do nothing
 * @param erased there is no such account any more, and never will be again
 * @param validFrom tokens of the account, and of the device it is bound to, that were issued before
 *     do not count; those that descend from a login are gone with it instead
 * @param line the login that was asked for; empty: it has ended, or none was asked for
 */
public record Standing(boolean banned, boolean erased, Instant validFrom, Optional<Line> line) {
  /**
   * A login.
   *
   * @param deviceId the device it is bound to; empty: none yet
   */
  public record Line(String deviceId) {}
}
