package io.skein.node.chat;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The conversation that is open, as far as one sees it. */
final class Talk {
  private final String self;
  private final String conversationId;
  private final String name;
  private final Target target;
  private final boolean direct;
  private final Map<String, Mark> marks = new HashMap<>();
  private final Set<String> reactions = new HashSet<>();
  private Presence.Status presence = Presence.Status.OFFLINE;
  private int lastOwnSeq;
  private int sending;

  private Talk(String self, String conversationId, String name, Target target, boolean direct) {
    this.self = self;
    this.conversationId = conversationId;
    this.name = name;
    this.target = target;
    this.direct = direct;
  }

  static Talk with(String self, String userId, String conversationId) {
    Target target = Target.newBuilder().setUserId(userId).build();
    return new Talk(self, conversationId, userId, target, true);
  }

  static Talk in(String self, Conversation group, String name) {
    String id = group.getConversationId();
    return new Talk(self, id, name, Target.newBuilder().setConversationId(id).build(), false);
  }

  String name() {
    return name;
  }

  String conversationId() {
    return conversationId;
  }

  Target target() {
    return target;
  }

  boolean isDirect() {
    return direct;
  }

  boolean isHere(String conversation) {
    return conversation.equals(conversationId);
  }

  void saw(Entry entry) {
    if (entry.getSender().equals(self)) {
      lastOwnSeq = Math.max(lastOwnSeq, entry.getSeq());
    }
  }

  /**
   * Whether a reaction is a new one of one's own, as far as one remembers; else it is taken back.
   */
  boolean reacts(int seq, String key) {
    String reaction = seq + " " + key;
    return reactions.add(reaction) || !reactions.remove(reaction);
  }

  void sending() {
    sending++;
  }

  void sent() {
    sending--;
  }

  void marked(Mark mark) {
    if (!mark.getUserId().equals(self)) {
      marks.merge(mark.getUserId(), mark, Talk::further);
    }
  }

  private static Mark further(Mark one, Mark other) {
    return one.toBuilder()
        .setDeliveredSeq(Math.max(one.getDeliveredSeq(), other.getDeliveredSeq()))
        .setReadSeq(Math.max(one.getReadSeq(), other.getReadSeq()))
        .build();
  }

  void presence(Presence.Status status) {
    presence = status;
  }

  boolean isOnline() {
    return presence == Presence.Status.ONLINE;
  }

  /** In a group: as soon as one of the others has it. */
  Tick tick() {
    if (sending > 0) {
      return Tick.SENDING;
    }
    if (lastOwnSeq == 0) {
      return Tick.NONE;
    }
    if (marks.values().stream().anyMatch(mark -> mark.getReadSeq() >= lastOwnSeq)) {
      return Tick.READ;
    }
    boolean delivered =
        marks.values().stream().anyMatch(mark -> mark.getDeliveredSeq() >= lastOwnSeq);
    return delivered ? Tick.DELIVERED : Tick.SENT;
  }
}
