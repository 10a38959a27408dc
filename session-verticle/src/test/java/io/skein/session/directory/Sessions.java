package io.skein.session.directory;

/** Sessions for tests. */
final class Sessions {
  private Sessions() {}

  /** A session of device "d-platform", on connection 1 of gateway "g1". */
  static SessionRecord of(String userId, String platform, long epoch) {
    return of(userId, "d-" + platform, platform, epoch, "g1", 1);
  }

  static SessionRecord of(
      String userId,
      String deviceId,
      String platform,
      long epoch,
      String gateway,
      long connection) {
    String sessionId = "s-" + userId.hashCode() + "-" + deviceId.hashCode() + "-" + epoch;
    return new SessionRecord(
        userId, deviceId, sessionId, epoch, gateway, "boot-" + gateway, connection, platform);
  }
}
