package io.skein.session.directory;

import io.skein.protocol.internal.v1.SessionRef;

/**
 * One connected device.
 *
 * @param sessionId random, new for each connect
 * @param epoch the fence: of two records of a device the one with the higher epoch counts
 * @param gateway instance id of the gateway that holds the connection
 * @param gatewayBoot the life of that gateway's process
 * @param connection the number of the connection at that gateway
 * @param platform lower case
 */
public record SessionRecord(
    String userId,
    String deviceId,
    String sessionId,
    long epoch,
    String gateway,
    String gatewayBoot,
    long connection,
    String platform) {

  boolean isSame(SessionRecord other) {
    return sessionId.equals(other.sessionId) && epoch == other.epoch;
  }

  SessionRef toRef() {
    return SessionRef.newBuilder()
        .setUserId(userId)
        .setDeviceId(deviceId)
        .setSessionId(sessionId)
        .setEpoch(epoch)
        .setConnection(connection)
        .setPlatform(platform)
        .build();
  }

  static SessionRecord of(SessionRef ref, String gateway, String gatewayBoot) {
    return new SessionRecord(
        ref.getUserId(),
        ref.getDeviceId(),
        ref.getSessionId(),
        ref.getEpoch(),
        gateway,
        gatewayBoot,
        ref.getConnection(),
        ref.getPlatform());
  }
}
