package io.skein.client;

import io.skein.protocol.Rpc;
import io.skein.protocol.v1.ConfigureReply;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.CreateCodeReply;
import io.skein.protocol.v1.CreateCodeRequest;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.DeliveredReply;
import io.skein.protocol.v1.DeliveredRequest;
import io.skein.protocol.v1.GetConversationReply;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.InviteReply;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.JoinReply;
import io.skein.protocol.v1.JoinRequest;
import io.skein.protocol.v1.LeaveReply;
import io.skein.protocol.v1.LeaveRequest;
import io.skein.protocol.v1.ListDevicesReply;
import io.skein.protocol.v1.ListDevicesRequest;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.LogoutReply;
import io.skein.protocol.v1.LogoutRequest;
import io.skein.protocol.v1.LookupCodeReply;
import io.skein.protocol.v1.LookupCodeRequest;
import io.skein.protocol.v1.MembersReply;
import io.skein.protocol.v1.MembersRequest;
import io.skein.protocol.v1.PingReply;
import io.skein.protocol.v1.PingRequest;
import io.skein.protocol.v1.ProfilesReply;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.protocol.v1.RegisterReply;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.protocol.v1.RemoveMembersReply;
import io.skein.protocol.v1.RemoveMembersRequest;
import io.skein.protocol.v1.RenewReply;
import io.skein.protocol.v1.RenewRequest;
import io.skein.protocol.v1.RevokeDeviceReply;
import io.skein.protocol.v1.RevokeDeviceRequest;
import io.skein.protocol.v1.SearchReply;
import io.skein.protocol.v1.SearchRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.skein.protocol.v1.UnwatchReply;
import io.skein.protocol.v1.UnwatchRequest;
import io.skein.protocol.v1.WatchReply;
import io.skein.protocol.v1.WatchRequest;

/** The methods that a client may call, for {@link SkeinClient#call}. */
public final class Calls {
  public static final Rpc<RegisterRequest, RegisterReply> REGISTER =
      Rpc.of("accounts.register", RegisterRequest.class, RegisterReply.class);
  public static final Rpc<LoginRequest, LoginReply> LOGIN =
      Rpc.of("accounts.login", LoginRequest.class, LoginReply.class);
  public static final Rpc<RefreshRequest, LoginReply> REFRESH =
      Rpc.of("accounts.refresh", RefreshRequest.class, LoginReply.class);
  public static final Rpc<LogoutRequest, LogoutReply> LOGOUT =
      Rpc.of("accounts.logout", LogoutRequest.class, LogoutReply.class);
  public static final Rpc<ProfilesRequest, ProfilesReply> PROFILES =
      Rpc.of("accounts.profiles", ProfilesRequest.class, ProfilesReply.class);
  public static final Rpc<ListDevicesRequest, ListDevicesReply> DEVICES =
      Rpc.of("devices.list", ListDevicesRequest.class, ListDevicesReply.class);
  public static final Rpc<RevokeDeviceRequest, RevokeDeviceReply> REVOKE_DEVICE =
      Rpc.of("devices.revoke", RevokeDeviceRequest.class, RevokeDeviceReply.class);
  public static final Rpc<ConnectRequest, ConnectReply> CONNECT =
      Rpc.of("connect", ConnectRequest.class, ConnectReply.class);
  public static final Rpc<PingRequest, PingReply> PING =
      Rpc.of("ping", PingRequest.class, PingReply.class);
  public static final Rpc<DeliveredRequest, DeliveredReply> DELIVERED =
      Rpc.of("delivered", DeliveredRequest.class, DeliveredReply.class);
  public static final Rpc<RenewRequest, RenewReply> RENEW =
      Rpc.of("renew", RenewRequest.class, RenewReply.class);
  public static final Rpc<SendRequest, SendReply> SEND =
      Rpc.of("messages.send", SendRequest.class, SendReply.class);
  public static final Rpc<HistoryRequest, HistoryReply> HISTORY =
      Rpc.of("messages.history", HistoryRequest.class, HistoryReply.class);
  public static final Rpc<CreateConversationRequest, CreateConversationReply> CREATE =
      Rpc.of(
          "conversations.create", CreateConversationRequest.class, CreateConversationReply.class);
  public static final Rpc<GetConversationRequest, GetConversationReply> GET =
      Rpc.of("conversations.get", GetConversationRequest.class, GetConversationReply.class);
  public static final Rpc<SyncRequest, SyncReply> SYNC =
      Rpc.of("conversations.sync", SyncRequest.class, SyncReply.class);
  public static final Rpc<ReadRequest, ReadReply> READ =
      Rpc.of("conversations.read", ReadRequest.class, ReadReply.class);
  public static final Rpc<MembersRequest, MembersReply> MEMBERS =
      Rpc.of("conversations.members", MembersRequest.class, MembersReply.class);
  public static final Rpc<WatchRequest, WatchReply> WATCH =
      Rpc.of("presence.watch", WatchRequest.class, WatchReply.class);
  public static final Rpc<UnwatchRequest, UnwatchReply> UNWATCH =
      Rpc.of("presence.unwatch", UnwatchRequest.class, UnwatchReply.class);
  public static final Rpc<SearchRequest, SearchReply> SEARCH =
      Rpc.of("messages.search", SearchRequest.class, SearchReply.class);
  public static final Rpc<InviteRequest, InviteReply> INVITE =
      Rpc.of("members.invite", InviteRequest.class, InviteReply.class);
  public static final Rpc<RemoveMembersRequest, RemoveMembersReply> REMOVE_MEMBERS =
      Rpc.of("members.remove", RemoveMembersRequest.class, RemoveMembersReply.class);
  public static final Rpc<LeaveRequest, LeaveReply> LEAVE =
      Rpc.of("members.leave", LeaveRequest.class, LeaveReply.class);
  public static final Rpc<JoinRequest, JoinReply> JOIN =
      Rpc.of("members.join", JoinRequest.class, JoinReply.class);
  public static final Rpc<CreateCodeRequest, CreateCodeReply> CREATE_CODE =
      Rpc.of("members.createCode", CreateCodeRequest.class, CreateCodeReply.class);
  public static final Rpc<LookupCodeRequest, LookupCodeReply> LOOKUP_CODE =
      Rpc.of("members.lookup", LookupCodeRequest.class, LookupCodeReply.class);
  public static final Rpc<ConfigureRequest, ConfigureReply> CONFIGURE =
      Rpc.of("conversations.configure", ConfigureRequest.class, ConfigureReply.class);

  private Calls() {}
}
