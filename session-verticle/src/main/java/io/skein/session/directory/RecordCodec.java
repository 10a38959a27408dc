package io.skein.session.directory;

import java.util.Optional;

/**
 * A record as the Redis scripts know it: words with a space between. The session's are {@code epoch
 * session gateway boot connection class platform}; a fence has {@code epoch - seconds}.
 */
final class RecordCodec {
  private static final int WORDS = 7;

  private RecordCodec() {}

  static String encode(SessionRecord session) {
    return String.join(
        " ",
        Long.toString(session.epoch()),
        session.sessionId(),
        session.gateway(),
        session.gatewayBoot(),
        Long.toUnsignedString(session.connection()),
        DeviceClass.of(session.platform()),
        session.platform());
  }

  /** Empty: it is a fence, or of a version that wrote something else. */
  static Optional<SessionRecord> decode(String userId, String deviceId, String value) {
    String[] words = value.split(" ");
    if (words.length < WORDS) {
      return Optional.empty();
    }
    return Optional.of(
        new SessionRecord(
            userId,
            deviceId,
            words[1],
            Long.parseLong(words[0]),
            words[2],
            words[3],
            Long.parseUnsignedLong(words[4]),
            words[6]));
  }
}
