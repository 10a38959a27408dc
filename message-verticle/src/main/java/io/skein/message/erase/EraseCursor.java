package io.skein.message.erase;

import java.util.List;
import java.util.UUID;

/** Where erasing goes on. Opaque to whoever keeps it; what cannot be read is the beginning. */
sealed interface EraseCursor {
  UUID LOWEST = new UUID(0, 0);

  /** The user's conversations come after this one. */
  record Conversations(UUID after) implements EraseCursor {}

  /** The user's entries come after this one, in the order of their ids. */
  record Entries(UUID afterClientMsgId, UUID afterConversation) implements EraseCursor {}

  /** What has been erased is told. */
  record Telling() implements EraseCursor {}

  EraseCursor START = new Conversations(LOWEST);
  EraseCursor FIRST_ENTRY = new Entries(LOWEST, LOWEST);

  default String encode() {
    return switch (this) {
      case Conversations conversations -> "conversations " + conversations.after();
      case Entries entries ->
          "entries " + entries.afterClientMsgId() + " " + entries.afterConversation();
      case Telling telling -> "telling";
    };
  }

  static EraseCursor decode(String text) {
    List<String> words = List.of(text.split(" ", -1));
    try {
      if (words.size() == 2 && words.getFirst().equals("conversations")) {
        return new Conversations(UUID.fromString(words.get(1)));
      }
      if (words.size() == 3 && words.getFirst().equals("entries")) {
        return new Entries(UUID.fromString(words.get(1)), UUID.fromString(words.get(2)));
      }
      return text.equals("telling") ? new Telling() : START;
    } catch (IllegalArgumentException notOurs) {
      return START;
    }
  }
}
