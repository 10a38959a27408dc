package io.skein.message.group;

import io.skein.message.Invitees;
import io.skein.message.PageLimits;
import io.skein.message.RepeatableSql;
import io.skein.message.Serving;
import io.skein.message.Transactions;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.DecideReply;
import io.skein.protocol.v1.DecideRequest;
import io.skein.protocol.v1.InviteReply;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinReply;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.JoinRequestsReply;
import io.skein.protocol.v1.JoinRequestsRequest;
import io.skein.protocol.v1.LeaveReply;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.LookupCodeReply;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.MuteMemberReply;
import io.skein.protocol.v1.MuteMemberRequest;
import io.skein.protocol.v1.RemoveMembersReply;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.RevokeCodeReply;
import io.skein.protocol.v1.RevokeCodeRequest;
import io.skein.protocol.v1.SetRoleReply;
import io.skein.protocol.v1.SetRoleRequest;
import io.skein.protocol.v1.UpdateConversationReply;
import io.skein.protocol.v1.UpdateConversationRequest;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Groups and channels, put together. */
public final class GroupServices {
  private final MemberService members;
  private final DetailService details;
  private final JoinService joins;
  private final Departures departures;

  private GroupServices(
      MemberService members, DetailService details, JoinService joins, Departures departures) {
    this.departures = departures;
    this.members = members;
    this.details = details;
    this.joins = joins;
  }

  /**
   * Limits.
   *
   * @param members of one conversation
   * @param users named in one call
   * @param title characters
   */
  public record Limits(int members, int users, int title, PageLimits pages) {}

  /** What writes and reads, and who does it. */
  public record Stores(Transactions transactions, RepeatableSql reads, UUID bootId) {}

  /**
   * Groups in Postgres.
   *
   * @param ids fresh random ids
   * @param random makes codes that nobody guesses
   */
  public static GroupServices over(
      Stores stores,
      GroupCalls calls,
      Invitees invitees,
      Limits limits,
      Supplier<UUID> ids,
      RandomGenerator random) {
    GroupStore store =
        new PgGroupStore(stores.transactions(), stores.reads(), stores.bootId(), ids);
    DoorStore doors = new PgDoorStore(stores.reads());
    GroupRules rules = new GroupRules(limits.members());
    return new GroupServices(
        new MemberService(store, rules, calls, invitees, limits.pages(), limits.users()),
        new DetailService(store, rules, calls, limits.title()),
        new JoinService(store, doors, rules, calls, limits.pages(), new InviteCodes(random)::next),
        new Departures(store, rules, calls));
  }

  /** Takes users out whose accounts have ended. */
  public Departures departures() {
    return departures;
  }

  /** Registers all methods. */
  public void register(Serving on) {
    on.serve("members.invite", InviteRequest.class, InviteReply.class, members::invite);
    on.serve("members.leave", LeaveRequest.class, LeaveReply.class, members::leave);
    on.serve(
        "members.remove", RemoveMembersRequest.class, RemoveMembersReply.class, members::remove);
    on.serve("members.setRole", SetRoleRequest.class, SetRoleReply.class, members::setRole);
    on.serve("members.mute", MuteMemberRequest.class, MuteMemberReply.class, members::mute);
    on.serve("conversations.members", MembersRequest.class, MembersReply.class, members::list);
    on.serve(
        "conversations.update",
        UpdateConversationRequest.class,
        UpdateConversationReply.class,
        details::update);
    on.serve("members.join", JoinRequest.class, JoinReply.class, joins::join);
    on.serve(
        "members.createCode", CreateCodeRequest.class, CreateCodeReply.class, joins::createCode);
    on.serve(
        "members.revokeCode", RevokeCodeRequest.class, RevokeCodeReply.class, joins::revokeCode);
    on.serve("members.lookup", LookupCodeRequest.class, LookupCodeReply.class, joins::lookup);
    on.serve(
        "members.requests", JoinRequestsRequest.class, JoinRequestsReply.class, joins::requests);
    on.serve("members.decide", DecideRequest.class, DecideReply.class, joins::decide);
  }
}
