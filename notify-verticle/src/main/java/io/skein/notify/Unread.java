package io.skein.notify;

import io.skein.notify.NotifiedStore.Claim;
import io.skein.protocol.internal.v1.Badge;

/**
 * Work that is worth a notification.
 *
 * @param badge has a newest unread entry
 */
record Unread(Work work, Badge badge) {
  /** Of the newest unread entry: what the notification will tell of. */
  int seq() {
    return badge.getLastUnread().getSeq();
  }

  /**
   * The entry that is hinted at may be one that does not count; a later one may have come since.
   */
  Claim claim() {
    return new Claim(work.topic(), Math.min(work.seq(), seq()));
  }
}
