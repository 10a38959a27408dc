package io.skein.e2e;

import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryState;
import io.skein.protocol.v1.Reaction;
import io.skein.protocol.v1.ReactionCount;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a screen shows of a conversation's messages, made of the entries of its log in their order.
 */
final class Board {
  private static final String GONE = "(recalled)";

  private final TreeMap<Integer, Shown> messages = new TreeMap<>();

  private static final class Shown {
    private final String sender;
    private String text;
    private int edits;
    private boolean pinned;
    private final Map<String, TreeSet<String>> reactions = new TreeMap<>();

    private Shown(String sender, String text) {
      this.sender = sender;
      this.text = text;
    }
  }

  void apply(Entry entry) {
    switch (entry.getContentCase()) {
      case TEXT ->
          messages.put(entry.getSeq(), new Shown(entry.getSender(), entry.getText().getBody()));
      // Recalled before this device came to see it.
      case CONTENT_NOT_SET -> messages.put(entry.getSeq(), new Shown(entry.getSender(), GONE));
      case EDIT -> edit(messages.get(entry.getEdit().getSeq()), entry);
      case RECALL -> {
        String sender = messages.get(entry.getRecall().getSeq()).sender;
        messages.put(entry.getRecall().getSeq(), new Shown(sender, GONE));
      }
      case REACTION -> react(messages.get(entry.getReaction().getSeq()), entry);
      case PIN -> messages.get(entry.getPin().getSeq()).pinned = !entry.getPin().getRemoved();
      default -> {}
    }
  }

  private static void edit(Shown message, Entry entry) {
    message.text = entry.getEdit().getText().getBody();
    message.edits++;
  }

  private static void react(Shown message, Entry entry) {
    Reaction reaction = entry.getReaction();
    TreeSet<String> users =
        message.reactions.computeIfAbsent(reaction.getKey(), key -> new TreeSet<>());
    if (reaction.getRemoved()) {
      users.remove(entry.getSender());
    } else {
      users.add(entry.getSender());
    }
  }

  /** A line for each message, by seq. */
  Map<Integer, String> lines() {
    Map<Integer, String> lines = new TreeMap<>();
    messages.forEach(
        (seq, message) -> {
          Map<String, Integer> counts = new TreeMap<>();
          message.reactions.forEach((key, users) -> counts.put(key, users.size()));
          counts.values().removeIf(count -> count == 0);
          lines.put(seq, line(message.sender, message.text, message.edits, message.pinned, counts));
        });
    return lines;
  }

  /** The line of a message as the server says that it is now. */
  static String line(Entry current) {
    EntryState state = current.getState();
    Map<String, Integer> counts = new TreeMap<>();
    for (ReactionCount reaction : state.getReactionsList()) {
      counts.put(reaction.getKey(), reaction.getCount());
    }
    String text = state.getRecalled() ? GONE : current.getText().getBody();
    return line(current.getSender(), text, state.getEdits(), state.getPinned(), counts);
  }

  private static String line(
      String sender, String text, int edits, boolean pinned, Map<String, Integer> reactions) {
    return sender + ": " + text + " edits " + edits + (pinned ? " pinned " : " ") + reactions;
  }
}
