package io.skein.client;

import java.util.BitSet;

/** Counts the pushes of one session, to notice that one is missing. Confined to the loop. */
final class PushCounter {
  /** Beyond so many a push is lost rather than late. */
  private static final int WINDOW = 1024;

  private int complete;
  private int highest;
  private final BitSet ahead = new BitSet();

  /** A push has arrived; 0 is not counted. */
  void received(int push) {
    if (push <= complete) {
      return;
    }
    highest = Math.max(highest, push);
    if (push - complete > WINDOW) {
      return;
    }
    ahead.set(push - complete - 1);
    int run = ahead.nextClearBit(0);
    if (run > 0) {
      complete += run;
      BitSet rest = ahead.get(run, Math.max(run, ahead.length()));
      ahead.clear();
      ahead.or(rest);
    }
  }

  /** The server says how many it has sent. */
  void sent(int lastPush) {
    highest = Math.max(highest, lastPush);
  }

  boolean missing() {
    return complete < highest;
  }

  /** A sync makes up for whatever is missing now. */
  void settle() {
    complete = highest;
    ahead.clear();
  }
}
