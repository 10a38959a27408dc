package io.skein.client;

import io.skein.protocol.v1.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How far the application has been given one conversation's entries, and which have arrived too
 * early. Confined to the loop.
 */
final class ConversationTracker {
  /** What is further ahead comes back with the history. */
  private static final int MAX_AHEAD = 500;

  private final TreeMap<Integer, Entry> ahead = new TreeMap<>();
  private int applied;
  private int head;

  /** {@code applied}: the last seq that the application has, or does not want. */
  ConversationTracker(int applied) {
    this.applied = applied;
    this.head = applied;
  }

  /** An entry has arrived; answers what the application is to be given now, ascending. */
  List<Entry> offer(Entry entry) {
    knowHead(entry.getSeq());
    if (entry.getSeq() > applied && ahead.size() < MAX_AHEAD) {
      ahead.put(entry.getSeq(), entry);
    }
    return takeNext();
  }

  /**
   * The entries of the log right after {@link #applied}, as far as the user may see them: a seq
   * that is not among them before the last one is not for this user.
   */
  List<Entry> page(List<Entry> entries, int headSeq) {
    knowHead(headSeq);
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.getSeq() > applied) {
        next.add(entry);
        applied = entry.getSeq();
      }
    }
    if (entries.isEmpty()) {
      applied = Math.max(applied, headSeq);
    }
    ahead.headMap(applied, true).clear();
    next.addAll(takeNext());
    return next;
  }

  private List<Entry> takeNext() {
    List<Entry> next = new ArrayList<>();
    while (!ahead.isEmpty() && ahead.firstKey() == applied + 1) {
      next.add(ahead.pollFirstEntry().getValue());
      applied++;
    }
    return next;
  }

  void knowHead(int seq) {
    head = Math.max(head, seq);
  }

  /** Gives up the entries up to {@code seq}. */
  void skipTo(int seq) {
    applied = Math.max(applied, seq);
    ahead.headMap(applied, true).clear();
  }

  boolean hasGap() {
    return applied < head;
  }

  int applied() {
    return applied;
  }

  int head() {
    return head;
  }
}
