package io.skein.notify;

import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Notification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Writes notifications from what the message service says is unread.
 *
 * @param preview whether the beginning of a text goes with them
 */
record NotificationWriter(boolean preview) {
  /** Characters of a text: about what a phone shows. */
  private static final int PREVIEW_LENGTH = 140;

  Notification write(Hint hint, Badge badge) {
    Entry last = badge.getLastUnread();
    Notification.Builder notification =
        Notification.newBuilder()
            .setUserId(badge.getUserId())
            .setConversationId(badge.getConversationId())
            .setSeq(last.getSeq())
            .setTitle(badge.getTitle())
            .setSender(last.getSender())
            .setSentAt(last.getSentAt())
            .setUnread(badge.getUnread())
            .setTotalUnread(badge.getTotalUnread())
            .setReason(reason(hint))
            .setIdempotencyKey(key(badge.getUserId(), badge.getConversationId(), last.getSeq()));
    if (preview) {
      notification.setPreview(beginning(words(last)));
    }
    return notification.build();
  }

  /** What it says in words; empty for what has none. */
  private static String words(Entry entry) {
    return switch (entry.getContentCase()) {
      case TEXT -> entry.getText().getBody();
      case RICH_TEXT -> entry.getRichText().getMarkdown();
      case IMAGE -> entry.getImage().getCaption();
      case VIDEO -> entry.getVideo().getCaption();
      case FILE -> entry.getFile().getCaption();
      case LOCATION -> entry.getLocation().getName();
      default -> "";
    };
  }

  private static Notification.Reason reason(Hint hint) {
    return hint.getReason() == Hint.Reason.UNCONFIRMED
        ? Notification.Reason.UNCONFIRMED
        : Notification.Reason.OFFLINE;
  }

  /** The same for every attempt of every instance. User ids have no control characters. */
  private static String key(String userId, String conversationId, int seq) {
    String text = userId + '\n' + conversationId + '\n' + seq;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String beginning(String text) {
    if (text.codePointCount(0, text.length()) <= PREVIEW_LENGTH) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, PREVIEW_LENGTH - 1)) + "…";
  }
}
