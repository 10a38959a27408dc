package io.skein.node.chat;

import io.skein.protocol.v1.Conversation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** The conversations that one knows of, and those that were listed last, by their numbers. */
final class ConversationList {
  private final Map<String, Conversation> known = new HashMap<>();
  private List<Conversation> listed = List.of();

  void know(Conversation conversation) {
    known.put(conversation.getConversationId(), conversation);
  }

  /** The name of a group or channel; empty: it is none, as far as one knows. */
  Optional<String> group(String conversationId) {
    return Optional.ofNullable(known.get(conversationId))
        .filter(conversation -> conversation.getKind() != Conversation.Kind.DIRECT)
        .map(ConversationList::nameOf);
  }

  /** The rows of a new list. */
  List<AttributedString> show(List<Conversation> conversations, Lines lines) {
    listed = List.copyOf(conversations);
    if (listed.isEmpty()) {
      return List.of(Lines.note("No conversations yet: /with NAME begins one."));
    }
    List<AttributedString> rows = new ArrayList<>();
    for (Conversation conversation : listed) {
      rows.add(lines.row(rows.size() + 1, nameOf(conversation), conversation));
    }
    return rows;
  }

  /** One of the last list by its number; null: it is no number, or there is none. */
  Conversation numbered(String number) {
    boolean isNumber = number.chars().allMatch(Character::isDigit) && number.length() < 6;
    int index = isNumber ? Integer.parseInt(number) - 1 : -1;
    return index >= 0 && index < listed.size() ? listed.get(index) : null;
  }

  static String nameOf(Conversation conversation) {
    return switch (conversation.getKind()) {
      case DIRECT -> conversation.getUserId();
      case GROUP, CHANNEL, THING, UNKNOWN, UNRECOGNIZED ->
          conversation.getTitle().isEmpty() ? "(no title)" : conversation.getTitle();
    };
  }
}
