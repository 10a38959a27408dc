package io.skein.bench.load;

import io.skein.bench.wire.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was acknowledged in one conversation, to be compared with what is stored. */
public final class Ledger {
  /** Those acknowledged last are looked at one by one. */
  private static final int SAMPLE = 20;

  private final String conversationId;
  private final Session reader;
  private final int audience;
  private final Map<Integer, String> sample = new HashMap<>();
  private final List<Integer> order = new ArrayList<>();
  private int headBefore;
  private int acknowledged;

  /**
   * Empty.
   *
   * @param reader a member, who looks it up
   * @param audience connected sessions that an entry is pushed to
   */
  public Ledger(String conversationId, Session reader, int audience) {
    this.conversationId = conversationId;
    this.reader = reader;
    this.audience = audience;
  }

  void acknowledged(int seq, String clientMsgId) {
    if (order.size() < SAMPLE) {
      order.add(seq);
    } else {
      sample.remove(order.set(acknowledged % SAMPLE, seq));
    }
    sample.put(seq, clientMsgId);
    acknowledged++;
  }

  void begin(int head) {
    headBefore = head;
    acknowledged = 0;
    order.clear();
    sample.clear();
  }

  /** Entries that are stored and were not acknowledged (above 0), or the other way round. */
  int difference(int head) {
    return head - headBefore - acknowledged;
  }

  /** Some of the acknowledged messages: the id that each was sent with, by its seq. */
  Map<Integer, String> sample() {
    return Collections.unmodifiableMap(sample);
  }

  String conversationId() {
    return conversationId;
  }

  Session reader() {
    return reader;
  }

  int audience() {
    return audience;
  }

  int acknowledged() {
    return acknowledged;
  }
}
