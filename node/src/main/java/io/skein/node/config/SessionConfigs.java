package io.skein.node.config;

import io.skein.session.SessionConfig;
import io.skein.session.account.LimitConfig;
import io.skein.session.account.PasswordConfig;
import io.skein.session.directory.DevicePolicy;
import io.skein.session.token.TokenConfig;

/** The settings of accounts and devices as the session service takes them. */
final class SessionConfigs {
  private SessionConfigs() {}

  static SessionConfig of(SessionSettings session, TokenConfig tokens) {
    PasswordSettings passwords = session.passwords();
    LoginLimitSettings limits = session.limits();
    return new SessionConfig(
        session.openRegistration(),
        new PasswordConfig(
            passwords.memoryKib(), passwords.passes(), passwords.workers(), passwords.maxWaiting()),
        new LimitConfig(limits.perAccount(), limits.perAddress(), limits.maxTracked()),
        tokens,
        new DevicePolicy(session.devicePolicy(), session.newerWins()),
        session.gatewayPatience());
  }
}
