package io.skein.message.program;

import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Mark;
import java.util.Map;

/** What a push says, in words that the model can say too. */
final class Told {
  private final Map<String, Integer> conversations;

  /** With the number of each conversation in the program by its id. */
  Told(Map<String, Integer> conversations) {
    this.conversations = conversations;
  }

  static String entry(int in, int seq) {
    return "entry " + seq + " of " + in;
  }

  static String ownMark(int in, String read) {
    return "own mark of " + in + ": " + read;
  }

  static String mark(int in, String user, String marks) {
    return "mark of " + in + ": " + user + " " + marks;
  }

  static String settings(int in, String settings, int cleared) {
    return "settings of " + in + ": " + settings + ", cleared " + cleared;
  }

  String words(Event event) {
    return switch (event.getKindCase()) {
      case ENTRY ->
          entry(conversations.get(event.getEntry().getConversationId()), event.getEntry().getSeq());
      case MARK -> mark(event.getMark());
      case SETTINGS ->
          settings(
              conversations.get(event.getSettings().getConversationId()),
              Device.settings(event.getSettings()).toString(),
              event.getSettings().getClearedSeq());
      default -> "something else: " + event.getKindCase();
    };
  }

  private String mark(Mark mark) {
    int in = conversations.get(mark.getConversationId());
    return mark.hasUnread()
        ? ownMark(in, Model.readAnswer(mark.getReadSeq(), mark.getUnread(), mark.getTotalUnread()))
        : mark(in, mark.getUserId(), Device.marks(mark));
  }
}
