package io.skein.message.program;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An entry of the model's log, with all that has become of it. */
final class Item {
  /** What kinds of entries there are. */
  enum Type {
    MESSAGE,
    SYSTEM,
    CHANGE
  }

  final int seq;
  final String sender;
  final Type type;

  /** What it says; changes when it is edited. */
  String content;

  /** The message that it answers; 0: none. */
  final int answers;

  /** The first message of its thread; 0: none. */
  final int thread;

  /** Of a change: the message that it changes; else 0. */
  final int target;

  /** The members whom it mentioned; "" stands for all. */
  final TreeSet<String> mentions;

  boolean recalled;
  int edits;
  int pinnedSeq;
  final Map<String, TreeSet<String>> reactions = new TreeMap<>();

  Item(
      int seq,
      String sender,
      Type type,
      String content,
      int answers,
      int thread,
      int target,
      TreeSet<String> mentions) {
    this.seq = seq;
    this.sender = sender;
    this.type = type;
    this.content = content;
    this.answers = answers;
    this.thread = thread;
    this.target = target;
    this.mentions = mentions;
  }

  Item copy() {
    Item copy = new Item(seq, sender, type, content, answers, thread, target, mentions);
    copy.recalled = recalled;
    copy.edits = edits;
    copy.pinnedSeq = pinnedSeq;
    reactions.forEach((key, users) -> copy.reactions.put(key, new TreeSet<>(users)));
    return copy;
  }

  boolean isMessage() {
    return type == Type.MESSAGE;
  }

  boolean mentions(String user) {
    return !recalled && (mentions.contains(user) || mentions.contains(""));
  }

  /** As a user's device shows it. */
  String shownTo(String user) {
    return line(
        seq,
        sender,
        content,
        recalled ? 0 : answers,
        edits,
        pinnedSeq > 0,
        reactions.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> entry.getValue().size() + (entry.getValue().contains(user) ? "*" : ""),
                    (one, other) -> one,
                    TreeMap::new)));
  }

  /** The one form in which the model and the devices show an entry. */
  static String line(
      int seq,
      String sender,
      String content,
      int answers,
      int edits,
      boolean pinned,
      Map<String, String> reactions) {
    return seq
        + " "
        + sender
        + ": "
        + content
        + (answers > 0 ? " to " + answers : "")
        + (edits > 0 ? " edited " + edits : "")
        + (pinned ? " pinned" : "")
        + (reactions.isEmpty() ? "" : " " + reactions);
  }
}
