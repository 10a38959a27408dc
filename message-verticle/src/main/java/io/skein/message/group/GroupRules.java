package io.skein.message.group;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.DetailsChanged;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MembersChanged.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who may change what. Each rule looks at the locked conversation and answers the change to be
 * made; empty: it is so already. What may not be done is a {@link SkeinException}.
 */
final class GroupRules {
  private final int maxMembers;

  /**
   * Rules.
   *
   * @param maxMembers of one conversation
   */
  GroupRules(int maxMembers) {
    this.maxMembers = maxMembers;
  }

  Optional<GroupChange> invite(Locked group, String caller, List<String> users) {
    Standing by = group.caller(caller);
    if (!by.isAtLeast(group.details().inviteRole())) {
      throw Locked.denied("only owners and admins may invite here");
    }
    List<String> added = users.stream().filter(user -> group.member(user).isEmpty()).toList();
    checkRoom(group, added.size());
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(GroupChange.joined(added, Change.INVITED));
  }

  /** Of somebody who may come in. */
  Optional<GroupChange> join(Locked group, String user) {
    if (group.member(user).isPresent()) {
      return Optional.empty();
    }
    checkDoor(group);
    checkRoom(group, 1);
    return Optional.of(GroupChange.joined(List.of(user), Change.JOINED));
  }

  /** Whether somebody who wants to come in has to wait for owner or admins. */
  boolean mustAsk(Locked group, String user) {
    if (group.member(user).isPresent() || !group.details().approval()) {
      return false;
    }
    checkDoor(group);
    return true;
  }

  /** A channel is open; a group only to those with a code. */
  private static void checkDoor(Locked group) {
    boolean open = group.kind() == Kind.CHANNEL || group.kind() == Kind.GROUP && group.invited();
    if (!open) {
      throw Locked.notFound();
    }
  }

  /** The caller lets somebody in who waits. */
  Optional<GroupChange> accept(Locked group, String caller, String user) {
    group.callerOf(Role.ADMIN, caller);
    if (group.member(user).isPresent()) {
      return Optional.empty();
    }
    checkRoom(group, 1);
    return Optional.of(GroupChange.joined(List.of(user), Change.INVITED));
  }

  private void checkRoom(Locked group, int more) {
    if (group.memberCount() + more > maxMembers) {
      throw new SkeinException(
          ErrorCode.TOO_LARGE, "this conversation has at most " + maxMembers + " members");
    }
  }

  Optional<GroupChange> leave(Locked group, String caller) {
    Standing by = group.caller(caller);
    if (by.role() == Role.OWNER && group.memberCount() > 1) {
      throw new SkeinException(
          ErrorCode.CONFLICT, "hand the group over (members.setRole with OWNER) before you leave");
    }
    return Optional.of(GroupChange.left(List.of(caller), Change.LEFT));
  }

  /** Who goes for good; an owner hands over to the successor, if anybody is left. */
  List<GroupChange> depart(Locked group, String user, Optional<String> successor) {
    Optional<Standing> member = group.member(user);
    if (group.kind() == Kind.DIRECT || member.isEmpty()) {
      return List.of();
    }
    GroupChange left = GroupChange.left(List.of(user), Change.LEFT);
    return successor
        .filter(next -> member.get().role() == Role.OWNER)
        .map(next -> List.of(GroupChange.handOver(user, next), left))
        .orElse(List.of(left));
  }

  Optional<GroupChange> remove(Locked group, String caller, List<String> users) {
    Standing by = group.callerOf(Role.ADMIN, caller);
    List<Standing> present =
        users.stream().map(group::member).flatMap(Optional::stream).distinct().toList();
    for (Standing member : present) {
      checkAbove(by, member);
    }
    return present.isEmpty()
        ? Optional.empty()
        : Optional.of(
            GroupChange.left(present.stream().map(Standing::userId).toList(), Change.REMOVED));
  }

  private static void checkAbove(Standing by, Standing member) {
    if (!by.isAbove(member)) {
      throw Locked.denied(member.userId() + " has the same role as you, or a higher one");
    }
  }

  Optional<GroupChange> role(Locked group, String caller, String user, Role role) {
    Standing by = group.callerOf(Role.OWNER, caller);
    Standing member = present(group, user);
    if (member.role() == role) {
      return Optional.empty();
    }
    if (member.equals(by)) {
      throw new SkeinException(
          ErrorCode.CONFLICT, "the owner stays the owner until another one is");
    }
    return Optional.of(
        role == Role.OWNER ? GroupChange.handOver(caller, user) : GroupChange.role(user, role));
  }

  /** For no time at all: may send again. */
  Optional<GroupChange> mute(Locked group, String caller, String user, Duration time) {
    Standing by = group.callerOf(Role.ADMIN, caller);
    Standing member = present(group, user);
    checkAbove(by, member);
    if (time.isZero()) {
      boolean muted = member.mutedUntil().filter(group.now()::isBefore).isPresent();
      return muted ? Optional.of(GroupChange.muted(user, Optional.empty())) : Optional.empty();
    }
    Instant until = group.now().plus(time).truncatedTo(ChronoUnit.MILLIS);
    return Optional.of(GroupChange.muted(user, Optional.of(until)));
  }

  private static Standing present(Locked group, String user) {
    return group
        .member(user)
        .orElseThrow(
            () ->
                new SkeinException(ErrorCode.NOT_FOUND, "there is no such member")
                    .withField("userId"));
  }

  /** Those of the wanted details that are not so already. */
  Optional<GroupChange> update(Locked group, String caller, DetailsChanged wanted) {
    Standing by = group.caller(caller);
    boolean onlyTitle = wanted.toBuilder().clearTitle().build().getAllFields().isEmpty();
    Role lowest =
        onlyTitle && group.kind() == Kind.GROUP ? group.details().inviteRole() : Role.ADMIN;
    if (!by.isAtLeast(lowest)) {
      throw Locked.denied("only owners and admins may change this");
    }
    DetailsChanged news = news(group.details(), wanted);
    return news.getAllFields().isEmpty()
        ? Optional.empty()
        : Optional.of(GroupChange.details(news));
  }

  private static DetailsChanged news(Locked.Details now, DetailsChanged wanted) {
    DetailsChanged.Builder news = wanted.toBuilder();
    if (wanted.getTitle().equals(now.title())) {
      news.clearTitle();
    }
    if (wanted.getAvatarUrl().equals(now.avatarUrl())) {
      news.clearAvatarUrl();
    }
    if (wanted.getAnnouncement().equals(now.announcement())) {
      news.clearAnnouncement();
    }
    if (wanted.getPostRole() == now.postRole()) {
      news.clearPostRole();
    }
    if (wanted.getInviteRole() == now.inviteRole()) {
      news.clearInviteRole();
    }
    if (wanted.getApproval() == now.approval()) {
      news.clearApproval();
    }
    if (wanted.getFullHistory() == now.fullHistory()) {
      news.clearFullHistory();
    }
    return news.build();
  }
}
