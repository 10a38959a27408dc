package io.skein.client;

import io.skein.protocol.v1.Device;
import java.time.Duration;

/**
 * Everything about a client that is a number or a name.
 *
 * @param device who connects
 * @param heartbeat wished for; {@link Duration#ZERO}: the server's default
 * @param reconnectFirst bound of the first wait before a reconnect
 * @param reconnectLongest bound of any
 * @param outboxLimit messages without an answer, at most
 * @param callLimit other calls without an answer, at most
 * @param callbackLimit events that wait for the application; beyond it entries stay on the server
 * @param sendWindow unanswered messages of one conversation on the wire
 * @param catchUpLimit missed entries of one conversation that are fetched one by one
 */
public record ClientConfig(
    Device device,
    Duration heartbeat,
    Duration reconnectFirst,
    Duration reconnectLongest,
    int outboxLimit,
    int callLimit,
    int callbackLimit,
    int sendWindow,
    int catchUpLimit) {

  public ClientConfig {
    if (device.getId().isEmpty()) {
      throw new IllegalArgumentException("the device needs an id, kept between runs");
    }
    if (Math.min(Math.min(outboxLimit, callLimit), Math.min(callbackLimit, sendWindow)) < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  static ClientConfig defaults(Device device) {
    return new ClientConfig(
        device,
        Duration.ZERO,
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        10_000,
        1_000,
        10_000,
        64,
        10_000);
  }

  public ClientConfig withHeartbeat(Duration wished) {
    return new ClientConfig(
        device,
        wished,
        reconnectFirst,
        reconnectLongest,
        outboxLimit,
        callLimit,
        callbackLimit,
        sendWindow,
        catchUpLimit);
  }

  public ClientConfig withReconnect(Duration first, Duration longest) {
    return new ClientConfig(
        device,
        heartbeat,
        first,
        longest,
        outboxLimit,
        callLimit,
        callbackLimit,
        sendWindow,
        catchUpLimit);
  }

  public ClientConfig withOutboxLimit(int messages) {
    return new ClientConfig(
        device,
        heartbeat,
        reconnectFirst,
        reconnectLongest,
        messages,
        callLimit,
        callbackLimit,
        sendWindow,
        catchUpLimit);
  }

  public ClientConfig withCallbackLimit(int events) {
    return new ClientConfig(
        device,
        heartbeat,
        reconnectFirst,
        reconnectLongest,
        outboxLimit,
        callLimit,
        events,
        sendWindow,
        catchUpLimit);
  }

  public ClientConfig withSendWindow(int messages) {
    return new ClientConfig(
        device,
        heartbeat,
        reconnectFirst,
        reconnectLongest,
        outboxLimit,
        callLimit,
        callbackLimit,
        messages,
        catchUpLimit);
  }

  public ClientConfig withCatchUpLimit(int entries) {
    return new ClientConfig(
        device,
        heartbeat,
        reconnectFirst,
        reconnectLongest,
        outboxLimit,
        callLimit,
        callbackLimit,
        sendWindow,
        entries);
  }
}
