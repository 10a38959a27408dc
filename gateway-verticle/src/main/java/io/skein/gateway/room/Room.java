package io.skein.gateway.room;

import io.skein.gateway.wire.PushedEvent;
import io.skein.protocol.internal.v1.Broadcast;
import io.skein.protocol.internal.v1.Membership;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.Push;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The members of one large conversation who are here, as far as they are known. */
final class Room {
  private final Map<LocalUser, Membership> members = new LinkedHashMap<>();

  /** Every change of the list up to this version is known; 0: nothing is. */
  private int version;

  /** Of all users up to this number it is known whether they are members. */
  private long asked;

  private Future<?> last = Future.succeededFuture();

  /** Does something once all that was begun before is done. */
  Future<Void> inOrder(Supplier<Future<Void>> step) {
    Future<Void> next = last.isComplete() ? step.get() : last.transform(before -> step.get());
    last = next;
    return next;
  }

  boolean isIdle() {
    return last.isComplete();
  }

  int version() {
    return version;
  }

  long asked() {
    return asked;
  }

  int size() {
    return members.size();
  }

  /** Whether all is known about the users up to this number. */
  boolean knows(int membersSeq, long lastUser) {
    return version >= Math.max(1, membersSeq) && asked >= lastUser;
  }

  /**
   * Learns what the message service says: who of the users it was asked about is a member, and what
   * has changed since {@link #version}.
   *
   * @param askedNow the number of the last user it was asked about
   */
  void learn(MembershipsReply reply, LocalUsers users, long askedNow) {
    if (reply.getReset()) {
      members.clear();
      version = 0;
      asked = 0;
      return;
    }
    version = reply.getVersion();
    asked = askedNow;
    for (Membership membership : reply.getMembershipsList()) {
      users.find(membership.getUserId()).ifPresent(user -> members.put(user, membership));
    }
  }

  /** To all who may see it, but for the session that it leaves out. */
  void write(Broadcast broadcast) {
    PushedEvent event = new PushedEvent(push(broadcast));
    members
        .entrySet()
        .removeIf(
            member -> {
              if (maySee(member.getValue(), broadcast.getSeq())) {
                member.getKey().push(event, broadcast.getExcludeSession());
              }
              return member.getKey().isGone();
            });
  }

  private static boolean maySee(Membership membership, int seq) {
    int leftSeq = membership.getLeftSeq();
    return seq == 0
        ? leftSeq == 0
        : Integer.compareUnsigned(seq, membership.getJoinedSeq()) > 0
            && (leftSeq == 0 || Integer.compareUnsigned(seq, leftSeq) <= 0);
  }

  private static Push push(Broadcast broadcast) {
    Push.Builder push =
        Push.newBuilder()
            .setEvent(broadcast.getEvent())
            .setSender(broadcast.getSender())
            .setTransient(broadcast.getTransient())
            .setCoalesceKey(broadcast.getCoalesceKey());
    return broadcast.getQuiet()
        ? push.build()
        : push.setConversationId(broadcast.getConversationId()).setSeq(broadcast.getSeq()).build();
  }
}
