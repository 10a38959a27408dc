package io.skein.session.account;

import io.vertx.core.Future;

/** Told when a refresh token was used twice: one of its two users has stolen it. */
@FunctionalInterface
public interface StolenLines {
  /**
   * The line has ended; now whatever it holds open is closed.
   *
   * @param deviceId empty: the line was bound to none
   */
  Future<Void> ended(String userId, String deviceId);
}
