package io.skein.session;

import io.skein.session.account.LimitConfig;
import io.skein.session.account.PasswordConfig;
import io.skein.session.directory.DevicePolicy;
import io.skein.session.token.TokenConfig;
import java.time.Duration;

/**
 * What the session verticle is told.
 *
 * @param openRegistration whether anybody may register; else only backends with a service token
 * @param devicePolicy which devices of a user may be connected at the same time
 * @param gatewayPatience how long the beat of a gateway that has left stands still before its
 *     sessions end
 */
public record SessionConfig(
    boolean openRegistration,
    PasswordConfig passwords,
    LimitConfig limits,
    TokenConfig tokens,
    DevicePolicy devicePolicy,
    Duration gatewayPatience) {

  public static final Duration DEFAULT_GATEWAY_PATIENCE = Duration.ofSeconds(10);

  private static final Duration MIN_GATEWAY_PATIENCE = Duration.ofSeconds(4);

  public SessionConfig {
    if (gatewayPatience.compareTo(MIN_GATEWAY_PATIENCE) < 0) {
      // Two beats: less would take a short pause for a death.
      throw new IllegalArgumentException("gatewayPatience must be 4 s or more");
    }
  }

  /** Everything but the keys by default: registration is closed. */
  public static SessionConfig of(TokenConfig tokens) {
    return new SessionConfig(
        false,
        PasswordConfig.DEFAULT,
        LimitConfig.DEFAULT,
        tokens,
        DevicePolicy.DEFAULT,
        DEFAULT_GATEWAY_PATIENCE);
  }

  public SessionConfig withOpenRegistration() {
    return new SessionConfig(true, passwords, limits, tokens, devicePolicy, gatewayPatience);
  }

  public SessionConfig withDevicePolicy(DevicePolicy policy) {
    return new SessionConfig(openRegistration, passwords, limits, tokens, policy, gatewayPatience);
  }
}
