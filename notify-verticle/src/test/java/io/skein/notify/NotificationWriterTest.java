package io.skein.notify;

import static io.skein.notify.Given.TRIP;
import static io.skein.notify.Given.badge;
import static io.skein.notify.Given.hint;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.Hint;
import io.skein.protocol.v1.Notification;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A notification")
class NotificationWriterTest {
  private static final Hint HINT = hint("bob", TRIP, 5, Hint.Reason.UNCONFIRMED);

  private final NotificationWriter discreet = new NotificationWriter(false);
  private final NotificationWriter open = new NotificationWriter(true);

  @Test
  @DisplayName("tells of the newest unread entry and of the exact counts")
  void content() {
    Notification notification = discreet.write(HINT, badge("bob", TRIP, 4, 7));
    assertThat(notification.getUserId()).isEqualTo("bob");
    assertThat(notification.getConversationId()).isEqualTo(TRIP);
    assertThat(notification.getSeq()).isEqualTo(7);
    assertThat(notification.getTitle()).isEqualTo("Trip");
    assertThat(notification.getSender()).isEqualTo("alice");
    assertThat(notification.getUnread()).isEqualTo(3);
    assertThat(notification.getTotalUnread()).isEqualTo(13);
    assertThat(notification.getReason()).isEqualTo(Notification.Reason.UNCONFIRMED);
  }

  @Test
  @DisplayName("says nothing of what was said, unless that is asked for")
  void preview() {
    Badge badge = badge("bob", TRIP, 4, 7);
    assertThat(discreet.write(HINT, badge).hasPreview()).isFalse();
    assertThat(open.write(HINT, badge).getPreview()).isEqualTo("text 7");
  }

  @Test
  @DisplayName("shows the beginning of a long text, without cutting a character in two")
  void longText() {
    Badge.Builder badge = badge("bob", TRIP, 4, 7).toBuilder();
    badge.getLastUnreadBuilder().getTextBuilder().setBody("👋".repeat(10_000));
    assertThat(open.write(HINT, badge.build()).getPreview()).isEqualTo("👋".repeat(139) + "…");
  }

  @Test
  @DisplayName("has one key for all attempts, and another one for everything else")
  void key() {
    String key = discreet.write(HINT, badge("bob", TRIP, 4, 7)).getIdempotencyKey();
    assertThat(open.write(HINT, badge("bob", TRIP, 5, 7)).getIdempotencyKey()).isEqualTo(key);
    assertThat(discreet.write(HINT, badge("bob", TRIP, 4, 8)).getIdempotencyKey())
        .isNotEqualTo(key);
    assertThat(discreet.write(HINT, badge("rob", TRIP, 4, 7)).getIdempotencyKey())
        .isNotEqualTo(key);
  }
}
