package io.skein.gateway.connection;

import io.skein.gateway.config.Timing;
import io.skein.protocol.CloseCode;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.TokenExpiring;
import java.time.Duration;
import java.util.Optional;

/** When a connection has to end, on the monotonic clock in nanoseconds. */
final class Deadlines {
  /** An interval may be missed by the network, and half a one by the client's clock. */
  private static final int SILENT_HALF_INTERVALS = 5;

  /** Longer waits would overflow; a century is long enough for any token. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final long connectBy;
  private final long warning;
  private boolean connected;
  private long lastFrame;
  private long silence;
  private long tokenEnd;
  private boolean warned;

  Deadlines(Timing timing, long now) {
    connectBy = now + timing.connectDeadline().toNanos();
    warning = timing.tokenWarning().toNanos();
    lastFrame = now;
  }

  void frameSeen(long now) {
    lastFrame = now;
  }

  void connected(Duration heartbeat) {
    connected = true;
    silence = heartbeat.toNanos() / 2 * SILENT_HALF_INTERVALS;
  }

  void tokenLasts(Duration left, long now) {
    Duration bounded = left.compareTo(LONGEST) < 0 ? left : LONGEST;
    tokenEnd = now + bounded.toNanos();
    warned = false;
  }

  /** Answers once for each token that its end is near. */
  Optional<Event> tokenWarning(long now) {
    if (!connected || warned || tokenEnd - now > warning) {
      return Optional.empty();
    }
    warned = true;
    long left = Duration.ofNanos(Math.max(0, tokenEnd - now)).toSeconds();
    TokenExpiring expiring =
        TokenExpiring.newBuilder().setExpiresInSeconds(Math.toIntExact(left)).build();
    return Optional.of(Event.newBuilder().setTokenExpiring(expiring).build());
  }

  /** Why the connection ends now; empty: it does not. */
  Optional<CloseCode> passed(long now) {
    if (!connected) {
      return now - connectBy >= 0 ? Optional.of(CloseCode.AUTH_TIMEOUT) : Optional.empty();
    }
    if (now - tokenEnd >= 0) {
      return Optional.of(CloseCode.TOKEN_EXPIRED);
    }
    return now - lastFrame >= silence ? Optional.of(CloseCode.HEARTBEAT_MISSED) : Optional.empty();
  }
}
