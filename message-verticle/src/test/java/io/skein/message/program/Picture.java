package io.skein.message.program;

import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.EntryState;
import io.skein.protocol.v1.MembersChanged;
import io.skein.protocol.v1.Reaction;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a device shows of the entries that it holds: each with the changes that came after it. */
final class Picture {
  private final NavigableMap<Integer, Entry> entries;
  private final String user;

  Picture(NavigableMap<Integer, Entry> entries, String user) {
    this.entries = entries;
    this.user = user;
  }

  NavigableMap<Integer, String> lines() {
    NavigableMap<Integer, String> lines = new TreeMap<>();
    entries.forEach((seq, entry) -> lines.put(seq, line(entry)));
    return lines;
  }

  private String line(Entry entry) {
    Shown shown = new Shown(entry);
    entries
        .tailMap(Math.max(entry.getSeq(), entry.getState().getChangedSeq()), false)
        .values()
        .stream()
        .filter(later -> target(later) == entry.getSeq())
        .forEach(shown::apply);
    if (entry.hasEdit() && isRecalled(entry.getEdit().getSeq())) {
      shown.recall();
    }
    return shown.line();
  }

  private boolean isRecalled(int seq) {
    Entry entry = entries.get(seq);
    return entry != null && entry.getState().getRecalled()
        || entries.tailMap(seq, false).values().stream()
            .anyMatch(later -> later.hasRecall() && later.getRecall().getSeq() == seq);
  }

  private static int target(Entry entry) {
    return switch (entry.getContentCase()) {
      case EDIT -> entry.getEdit().getSeq();
      case RECALL -> entry.getRecall().getSeq();
      case REACTION -> entry.getReaction().getSeq();
      case PIN -> entry.getPin().getSeq();
      default -> 0;
    };
  }

  /** What an entry says by itself, in the words of the model. */
  static String content(Entry entry) {
    return switch (entry.getContentCase()) {
      case TEXT -> entry.getText().getBody();
      case CREATED -> "created";
      case DETAILS_CHANGED -> "details";
      case MEMBERS_CHANGED -> members(entry.getMembersChanged());
      case EDIT ->
          new Change.Edit(entry.getEdit().getSeq(), entry.getEdit().getText().getBody()).toString();
      case RECALL -> new Change.Recall(entry.getRecall().getSeq()).toString();
      case REACTION ->
          new Change.React(
                  entry.getReaction().getSeq(),
                  entry.getReaction().getKey(),
                  entry.getReaction().getRemoved())
              .toString();
      case PIN -> new Change.Pin(entry.getPin().getSeq(), entry.getPin().getRemoved()).toString();
      default -> Change.GONE;
    };
  }

  private static String members(MembersChanged changed) {
    return changed.getChange().name().toLowerCase(Locale.ROOT)
        + " "
        + String.join(" ", changed.getUserIdsList());
  }

  /** One entry while later ones are applied to it. */
  private final class Shown {
    private final Entry entry;
    private String content;
    private int edits;
    private boolean pinned;
    private boolean recalled;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Boolean> mine = new TreeMap<>();

    Shown(Entry entry) {
      this.entry = entry;
      EntryState state = entry.getState();
      content = content(entry);
      edits = state.getEdits();
      pinned = state.getPinned();
      recalled = state.getRecalled();
      state
          .getReactionsList()
          .forEach(
              reaction -> {
                counts.put(reaction.getKey(), reaction.getCount());
                mine.put(reaction.getKey(), reaction.getMine());
              });
    }

    void apply(Entry change) {
      switch (change.getContentCase()) {
        case EDIT -> {
          content = change.getEdit().getText().getBody();
          edits++;
        }
        case RECALL -> recall();
        case REACTION -> react(change.getReaction(), change.getSender().equals(user));
        case PIN -> pinned = !change.getPin().getRemoved();
        default -> throw new IllegalArgumentException("changes nothing: " + change);
      }
    }

    void recall() {
      recalled = true;
      content = Change.GONE;
      edits = 0;
      pinned = false;
      counts.clear();
    }

    private void react(Reaction reaction, boolean own) {
      int count = counts.merge(reaction.getKey(), reaction.getRemoved() ? -1 : 1, Integer::sum);
      if (count == 0) {
        counts.remove(reaction.getKey());
      }
      if (own) {
        mine.put(reaction.getKey(), !reaction.getRemoved());
      }
    }

    String line() {
      Map<String, String> reactions = new TreeMap<>();
      counts.forEach(
          (key, count) -> reactions.put(key, count + (mine.getOrDefault(key, false) ? "*" : "")));
      int answers = recalled ? 0 : entry.getContext().getReplyToSeq();
      return Item.line(
          entry.getSeq(), entry.getSender(), content, answers, edits, pinned, reactions);
    }
  }
}
