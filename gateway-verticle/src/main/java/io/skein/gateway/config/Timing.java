package io.skein.gateway.config;

import java.time.Duration;
import java.util.Map;

/**
 * All waits of a gateway.
 *
 * @param connectDeadline from the first byte to the end of {@code connect}
 * @param heartbeat granted to a client that asks for none
 * @param minHeartbeat the shortest that is granted
 * @param maxHeartbeat the longest that is granted
 * @param ackTimeout until an unconfirmed entry is handed to notify
 * @param tokenWarning how long before a token's end its client is told
 * @param closeLinger how long {@code bye} may take to leave before the socket is cut
 * @param holdTime how long a call that was refused keeps back those that were sent after it
 * @param drainSpread over which the connections are sent away when the gateway drains
 * @param drainWait for the calls in flight of a connection that is sent away
 * @param pauseLimit of the process: after a longer one nothing is known and all connections close
 * @param tokenCache how long HTTP calls believe a verified token
 * @param markDelay how long delivered marks are gathered before they are passed on
 * @param countersEvery how often push numbers are compared with the session service
 * @param reconcileEvery how often the list of sessions is compared with it
 */
public record Timing(
    Duration connectDeadline,
    Duration heartbeat,
    Duration minHeartbeat,
    Duration maxHeartbeat,
    Duration ackTimeout,
    Duration tokenWarning,
    Duration closeLinger,
    Duration holdTime,
    Duration drainSpread,
    Duration drainWait,
    Duration pauseLimit,
    Duration tokenCache,
    Duration markDelay,
    Duration countersEvery,
    Duration reconcileEvery) {

  private static final Duration MAX_TOKEN_CACHE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(10);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
  private static final int TICKS_PER_WAIT = 10;

  public Timing {
    Map.ofEntries(
            Map.entry("connectDeadline", connectDeadline),
            Map.entry("heartbeat", heartbeat),
            Map.entry("minHeartbeat", minHeartbeat),
            Map.entry("maxHeartbeat", maxHeartbeat),
            Map.entry("ackTimeout", ackTimeout),
            Map.entry("tokenWarning", tokenWarning),
            Map.entry("closeLinger", closeLinger),
            Map.entry("holdTime", holdTime),
            Map.entry("drainSpread", drainSpread),
            Map.entry("drainWait", drainWait),
            Map.entry("pauseLimit", pauseLimit),
            Map.entry("tokenCache", tokenCache),
            Map.entry("markDelay", markDelay),
            Map.entry("countersEvery", countersEvery),
            Map.entry("reconcileEvery", reconcileEvery))
        .forEach(Timing::positive);
    if (minHeartbeat.compareTo(maxHeartbeat) > 0) {
      throw new IllegalArgumentException("minHeartbeat is above maxHeartbeat");
    }
    if (tokenCache.compareTo(MAX_TOKEN_CACHE) > 0) {
      // A revoked token must not live on for long where the note of its end got lost.
      throw new IllegalArgumentException("tokenCache is at most " + MAX_TOKEN_CACHE);
    }
  }

  public static Timing defaults() {
    return new Timing(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(10),
        Duration.ofMillis(50),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60));
  }

  /** How often deadlines are looked at: a tenth of the shortest one, one second at most. */
  public Duration tick() {
    Duration shortest = LONGEST_TICK.multipliedBy(TICKS_PER_WAIT);
    for (Duration wait :
        new Duration[] {connectDeadline, minHeartbeat, ackTimeout, tokenWarning, closeLinger}) {
      shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
    }
    Duration tick = shortest.dividedBy(TICKS_PER_WAIT);
    return tick.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : tick;
  }

  /** The heartbeat for a client's wish, in whole seconds; 0: no wish. */
  public Duration grantHeartbeat(int wishedSeconds) {
    Duration wish = wishedSeconds <= 0 ? heartbeat : Duration.ofSeconds(wishedSeconds);
    if (wish.compareTo(minHeartbeat) < 0) {
      return minHeartbeat;
    }
    return wish.compareTo(maxHeartbeat) > 0 ? maxHeartbeat : wish;
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is longer than nothing, not " + value);
    }
  }
}
