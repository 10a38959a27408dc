package io.skein.gateway.connection;

import io.skein.protocol.internal.v1.CallerInfo;

/**
 * What a connection is after {@code connect}.
 *
 * @param caller goes with every call: user, device, session, address
 * @param platform as the device told it
 * @param epoch the fence that the session service gave it
 */
public record Session(CallerInfo caller, String platform, long epoch) {

  public String id() {
    return caller.getSessionId();
  }

  public String userId() {
    return caller.getUserId();
  }

  public String deviceId() {
    return caller.getDeviceId();
  }
}
