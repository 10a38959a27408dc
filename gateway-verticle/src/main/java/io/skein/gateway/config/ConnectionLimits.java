package io.skein.gateway.config;

/**
 * What a client may cost. Sizes are bytes.
 *
 * @param maxConnections open connections of one gateway instance; more are turned away
 * @param maxFrameBytes one frame, without its length prefix or line end; also an HTTP body
 * @param maxBodyBytes a text body; the message service checks it, the client is told
 * @param maxPage entries or conversations of one page; likewise
 * @param maxInFlight unanswered calls of one connection
 * @param callsPerSecond calls of one connection, as a sustained rate
 * @param callBurst calls that may come at once
 * @param maxOutboundBytes what may wait for a slow reader before it is closed
 * @param maxUnconfirmed conversations with unconfirmed entries of one connection
 * @param maxRoomMembers members of large conversations kept in memory, of one gateway instance
 */
public record ConnectionLimits(
    int maxConnections,
    int maxFrameBytes,
    int maxBodyBytes,
    int maxPage,
    int maxInFlight,
    int callsPerSecond,
    int callBurst,
    int maxOutboundBytes,
    int maxUnconfirmed,
    int maxRoomMembers) {

  public ConnectionLimits {
    positive("maxConnections", maxConnections);
    positive("maxFrameBytes", maxFrameBytes);
    positive("maxBodyBytes", maxBodyBytes);
    positive("maxPage", maxPage);
    positive("maxInFlight", maxInFlight);
    positive("callsPerSecond", callsPerSecond);
    positive("callBurst", callBurst);
    positive("maxOutboundBytes", maxOutboundBytes);
    positive("maxUnconfirmed", maxUnconfirmed);
    positive("maxRoomMembers", maxRoomMembers);
  }

  public static ConnectionLimits defaults() {
    return new ConnectionLimits(
        100_000, 256 * 1024, 64 * 1024, 200, 64, 500, 1_000, 1024 * 1024, 1_000, 1_000_000);
  }

  public ConnectionLimits withMaxConnections(int value) {
    return new ConnectionLimits(
        value,
        maxFrameBytes,
        maxBodyBytes,
        maxPage,
        maxInFlight,
        callsPerSecond,
        callBurst,
        maxOutboundBytes,
        maxUnconfirmed,
        maxRoomMembers);
  }

  public ConnectionLimits withMaxFrameBytes(int value) {
    return new ConnectionLimits(
        maxConnections,
        value,
        maxBodyBytes,
        maxPage,
        maxInFlight,
        callsPerSecond,
        callBurst,
        maxOutboundBytes,
        maxUnconfirmed,
        maxRoomMembers);
  }

  public ConnectionLimits withMaxInFlight(int value) {
    return new ConnectionLimits(
        maxConnections,
        maxFrameBytes,
        maxBodyBytes,
        maxPage,
        value,
        callsPerSecond,
        callBurst,
        maxOutboundBytes,
        maxUnconfirmed,
        maxRoomMembers);
  }

  public ConnectionLimits withRate(int perSecond, int burst) {
    return new ConnectionLimits(
        maxConnections,
        maxFrameBytes,
        maxBodyBytes,
        maxPage,
        maxInFlight,
        perSecond,
        burst,
        maxOutboundBytes,
        maxUnconfirmed,
        maxRoomMembers);
  }

  public ConnectionLimits withMaxOutboundBytes(int value) {
    return new ConnectionLimits(
        maxConnections,
        maxFrameBytes,
        maxBodyBytes,
        maxPage,
        maxInFlight,
        callsPerSecond,
        callBurst,
        value,
        maxUnconfirmed,
        maxRoomMembers);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value);
    }
  }
}
