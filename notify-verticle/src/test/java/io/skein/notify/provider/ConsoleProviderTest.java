package io.skein.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.Notification;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The console")
class ConsoleProviderTest {
  private static final Notification NOTIFICATION =
      Notification.newBuilder()
          .setUserId("bob")
          .setConversationId("c1")
          .setSeq(7)
          .setSender("alice")
          .setUnread(2)
          .setTotalUnread(5)
          .build();

  @Test
  @DisplayName("shows who, where and how much, and nothing that was said")
  void metadata() {
    assertThat(ConsoleProvider.line(NOTIFICATION))
        .isEqualTo(
            "Notify bob: 2 unread in c1, the last (7) from alice; 5 unread in all (OFFLINE)");
  }

  @Test
  @DisplayName("shows the preview that a notification carries, on one line")
  void preview() {
    assertThat(ConsoleProvider.line(NOTIFICATION.toBuilder().setPreview("hi\nforged line").build()))
        .contains("from alice: \"hi\\nforged line\";")
        .doesNotContain("\n");
  }
}
