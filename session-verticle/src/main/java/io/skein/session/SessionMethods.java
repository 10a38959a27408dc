package io.skein.session;

import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ExistsReply;
import io.skein.protocol.internal.v1.ExistsRequest;
import io.skein.protocol.internal.v1.VerifyTokenReply;
import io.skein.protocol.internal.v1.VerifyTokenRequest;
import io.skein.protocol.v1.KickReply;
import io.skein.protocol.v1.KickRequest;
import io.skein.protocol.v1.ListDevicesReply;
import io.skein.protocol.v1.ListDevicesRequest;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.LogoutReply;
import io.skein.protocol.v1.LogoutRequest;
import io.skein.protocol.v1.ProfilesReply;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.RefreshRequest;
import io.skein.protocol.v1.RegisterReply;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.protocol.v1.RevokeDeviceReply;
import io.skein.protocol.v1.RevokeDeviceRequest;

/** The methods that are about accounts, tokens and devices. */
final class SessionMethods {
  static final Rpc<RegisterRequest, RegisterReply> REGISTER =
      Rpc.of("accounts.register", RegisterRequest.class, RegisterReply.class);
  static final Rpc<LoginRequest, LoginReply> LOGIN =
      Rpc.of("accounts.login", LoginRequest.class, LoginReply.class);
  static final Rpc<RefreshRequest, LoginReply> REFRESH =
      Rpc.of("accounts.refresh", RefreshRequest.class, LoginReply.class);
  static final Rpc<LogoutRequest, LogoutReply> LOGOUT =
      Rpc.of("accounts.logout", LogoutRequest.class, LogoutReply.class);
  static final Rpc<ProfilesRequest, ProfilesReply> PROFILES =
      Rpc.of("accounts.profiles", ProfilesRequest.class, ProfilesReply.class);
  static final Rpc<ListDevicesRequest, ListDevicesReply> LIST_DEVICES =
      Rpc.of("devices.list", ListDevicesRequest.class, ListDevicesReply.class);
  static final Rpc<RevokeDeviceRequest, RevokeDeviceReply> REVOKE_DEVICE =
      Rpc.of("devices.revoke", RevokeDeviceRequest.class, RevokeDeviceReply.class);
  static final Rpc<KickRequest, KickReply> KICK =
      Rpc.of("sessions.kick", KickRequest.class, KickReply.class);
  static final Rpc<VerifyTokenRequest, VerifyTokenReply> VERIFY =
      Rpc.of("tokens.verify", VerifyTokenRequest.class, VerifyTokenReply.class);
  static final Rpc<ExistsRequest, ExistsReply> EXISTS =
      Rpc.of("directory.exists", ExistsRequest.class, ExistsReply.class);

  private SessionMethods() {}
}
