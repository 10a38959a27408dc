package io.skein.message;

import io.skein.protocol.v1.Member.Role;
import java.util.List;

/**
 * Who is or was a member of a conversation.
 *
 * @param version grows with every change of the list
 * @param large there are too many to name them
 * @param all in no particular order; empty if large
 */
record Members(int version, boolean large, List<Membership> all) {
  Members {
    all = List.copyOf(all);
  }

  static Members of(int version, List<Membership> all) {
    return new Members(version, false, all);
  }

  static Members large(int version) {
    return new Members(version, true, List.of());
  }

  /** Those who may see the entry with this seq. */
  List<String> entitledTo(int seq) {
    return all.stream().filter(member -> member.maySee(seq)).map(Membership::userId).toList();
  }

  /** Those who have not left. */
  List<Membership> present() {
    return all.stream().filter(Membership::isPresent).toList();
  }

  boolean isPresent(String userId) {
    return all.stream().anyMatch(member -> member.userId.equals(userId) && member.isPresent());
  }

  /**
   * One user's membership.
   *
   * @param joinedSeq sees entries above it
   * @param leftSeq sees no entry above it
   */
  record Membership(String userId, Role role, int joinedSeq, int leftSeq) {
    /** The {@code leftSeq} of somebody who has not left. */
    static final int STAYS = Integer.MAX_VALUE;

    boolean maySee(int seq) {
      return seq > joinedSeq && seq <= leftSeq;
    }

    boolean isPresent() {
      return leftSeq == STAYS;
    }
  }
}
