package io.skein.message.group;

import io.skein.message.Caller;
import io.skein.message.Invitees;
import io.skein.message.PageLimits;
import io.skein.message.group.GroupCalls.Delivered;
import io.skein.message.group.GroupStore.Made;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.InviteReply;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.LeaveReply;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.Member;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.MuteMemberReply;
import io.skein.protocol.v1.MuteMemberRequest;
import io.skein.protocol.v1.RemoveMembersReply;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.SetRoleReply;
import io.skein.protocol.v1.SetRoleRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Members of groups and channels, and what becomes of them. */
final class MemberService {
  private static final long LONGEST_MUTE_SECONDS = 31_536_000;

  private final GroupStore store;
  private final GroupRules rules;
  private final GroupCalls calls;
  private final Invitees invitees;
  private final PageLimits pages;
  private final int maxUsers;

  /**
   * The service.
   *
   * @param maxUsers named in one call
   */
  MemberService(
      GroupStore store,
      GroupRules rules,
      GroupCalls calls,
      Invitees invitees,
      PageLimits pages,
      int maxUsers) {
    this.store = store;
    this.rules = rules;
    this.calls = calls;
    this.invitees = invitees;
    this.pages = pages;
    this.maxUsers = maxUsers;
  }

  /** Answered when the change has been committed, as in all methods here. */
  Future<InviteReply> invite(Caller caller, InviteRequest request) {
    UUID id = id(request.getConversationId());
    List<String> users = users(request.getUserIdsList());
    return invitees
        .check(caller.userId(), users, "userIds")
        .compose(
            welcome ->
                change(caller, id, users, group -> rules.invite(group, caller.userId(), users)))
        .map(made -> InviteReply.newBuilder().addAllAdded(made.joined()).build());
  }

  Future<LeaveReply> leave(Caller caller, LeaveRequest request) {
    return change(
            caller,
            id(request.getConversationId()),
            List.of(),
            group -> rules.leave(group, caller.userId()))
        .map(LeaveReply.getDefaultInstance());
  }

  Future<RemoveMembersReply> remove(Caller caller, RemoveMembersRequest request) {
    List<String> users = users(request.getUserIdsList());
    return change(
            caller,
            id(request.getConversationId()),
            users,
            group -> rules.remove(group, caller.userId(), users))
        .map(made -> RemoveMembersReply.newBuilder().addAllRemoved(made.left()).build());
  }

  Future<SetRoleReply> setRole(Caller caller, SetRoleRequest request) {
    String user = UserIds.check(request.getUserId(), "userId");
    Role role = request.getRole();
    if (role != Role.OWNER && role != Role.ADMIN && role != Role.MEMBER) {
      throw wrong("role", "OWNER, ADMIN or MEMBER is needed");
    }
    return change(
            caller,
            id(request.getConversationId()),
            List.of(user),
            group -> rules.role(group, caller.userId(), user, role))
        .map(SetRoleReply.getDefaultInstance());
  }

  Future<MuteMemberReply> mute(Caller caller, MuteMemberRequest request) {
    String user = UserIds.check(request.getUserId(), "userId");
    long seconds = Integer.toUnsignedLong(request.getSeconds());
    if (seconds > LONGEST_MUTE_SECONDS) {
      throw wrong("seconds", "at most " + LONGEST_MUTE_SECONDS + " seconds, a year");
    }
    return change(
            caller,
            id(request.getConversationId()),
            List.of(user),
            group -> rules.mute(group, caller.userId(), user, Duration.ofSeconds(seconds)))
        .map(
            made -> {
              MuteMemberReply.Builder reply = MuteMemberReply.newBuilder();
              made.mutedUntil()
                  .ifPresent(until -> reply.setMutedUntil(GroupChange.timestamp(until)));
              return reply.build();
            });
  }

  /** A page of those who are members now; only members may look. */
  Future<MembersReply> list(Caller caller, MembersRequest request) {
    UUID id = id(request.getConversationId());
    int limit = pages.limit(request.getLimit());
    return store
        .standing(id, caller.userId())
        .compose(
            standing -> {
              if (standing.isEmpty()) {
                throw Locked.notFound();
              }
              return store.members(id, request.getAfterUserId(), limit + 1);
            })
        .map(
            found -> {
              MembersReply.Builder reply = MembersReply.newBuilder().setMore(found.size() > limit);
              found.stream().limit(limit).forEach(member -> reply.addMembers(member(member)));
              return reply.build();
            });
  }

  private static Member member(Standing standing) {
    Member.Builder member =
        Member.newBuilder().setUserId(standing.userId()).setRole(standing.role());
    standing.mutedUntil().ifPresent(until -> member.setMutedUntil(GroupChange.timestamp(until)));
    return member.build();
  }

  /** What was made, or a change of nothing. */
  private Future<GroupChange> change(
      Caller caller,
      UUID id,
      List<String> others,
      Function<Locked, Optional<GroupChange>> decision) {
    List<String> concerned = new ArrayList<>(List.of(caller.userId()));
    concerned.addAll(others);
    return store
        .change(id, concerned, Optional.empty(), decision)
        .map(
            made -> {
              made.ifPresent(done -> calls.deliver(caller, id, Delivered.of(done)));
              return made.map(Made::change).orElse(GroupChange.NOTHING);
            });
  }

  private List<String> users(List<String> wanted) {
    if (wanted.isEmpty()) {
      throw wrong("userIds", "at least one user is needed");
    }
    if (wanted.size() > maxUsers) {
      throw new SkeinException(ErrorCode.TOO_LARGE, "at most " + maxUsers + " users at a time")
          .withField("userIds");
    }
    Set<String> users = new LinkedHashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      users.add(UserIds.check(wanted.get(i), "userIds[" + i + "]"));
    }
    return List.copyOf(users);
  }

  private static UUID id(String conversationId) {
    return ConversationIds.parse(conversationId, "conversationId");
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
