package io.skein.gateway;

import io.skein.protocol.internal.v1.Membership;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The member list of one conversation, as the message service tells it. Thread-safe. */
final class FakeMembers {
  final List<MembershipsRequest> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Membership> members = new LinkedHashMap<>();
  private final Map<String, Integer> changedAt = new LinkedHashMap<>();
  private int version = 1;
  private boolean resetNext;

  FakeMembers(String... users) {
    Stream.of(users).forEach(user -> members.put(user, membership(user, 0, 0)));
  }

  private static Membership membership(String user, int joinedSeq, int leftSeq) {
    return Membership.newBuilder()
        .setUserId(user)
        .setJoinedSeq(joinedSeq)
        .setLeftSeq(leftSeq)
        .build();
  }

  synchronized int version() {
    return version;
  }

  /** Sees entries above {@code joinedSeq}. */
  synchronized void join(String user, int joinedSeq) {
    change(membership(user, joinedSeq, 0));
  }

  /** Sees no entry above {@code leftSeq}. */
  synchronized void leave(String user, int leftSeq) {
    change(membership(user, members.get(user).getJoinedSeq(), leftSeq));
  }

  private void change(Membership membership) {
    version++;
    members.put(membership.getUserId(), membership);
    changedAt.put(membership.getUserId(), version);
  }

  /** Tells the next one who asks for changes that there are too many. */
  synchronized void resetNext() {
    resetNext = true;
  }

  synchronized Future<MembershipsReply> answer(MembershipsRequest request) {
    asked.add(request);
    MembershipsReply.Builder reply = MembershipsReply.newBuilder().setVersion(version);
    int since = request.getSinceVersion();
    if (resetNext && since > 0) {
      resetNext = false;
      return Future.succeededFuture(reply.setReset(true).build());
    }
    members.forEach(
        (user, membership) -> {
          boolean changed = since > 0 && changedAt.getOrDefault(user, 0) > since;
          if (changed || request.getUserIdsList().contains(user)) {
            reply.addMemberships(membership);
          }
        });
    return Future.succeededFuture(reply.build());
  }
}
