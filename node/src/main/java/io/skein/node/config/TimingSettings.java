package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** All waits of a gateway. */
public interface TimingSettings {
  @Doc("From the first byte to the end of connect.")
  @WithDefault("10s")
  Duration connectDeadline();

  @Doc("Granted to a client that asks for none.")
  @WithDefault("30s")
  Duration heartbeat();

  @Doc("The shortest that is granted.")
  @WithDefault("5s")
  Duration minHeartbeat();

  @Doc("The longest that is granted.")
  @WithDefault("10m")
  Duration maxHeartbeat();

  @Doc("Until an unconfirmed entry is handed to notify.")
  @WithDefault("15s")
  Duration ackTimeout();

  @Doc("How long before a token's end its client is told.")
  @WithDefault("60s")
  Duration tokenWarning();

  @Doc("How long bye may take to leave before the socket is cut.")
  @WithDefault("3s")
  Duration closeLinger();

  @Doc("How long a call that was refused keeps back those that were sent after it.")
  @WithDefault("5s")
  Duration holdTime();

  @Doc("Over which the connections are sent away when the gateway drains.")
  @WithDefault("10s")
  Duration drainSpread();

  @Doc("For the calls in flight of a connection that is sent away.")
  @WithDefault("5s")
  Duration drainWait();

  @Doc("Of the process: after a longer one nothing is known and all connections close.")
  @WithDefault("8s")
  Duration pauseLimit();

  @Doc("How long HTTP calls believe a verified token.")
  @WithDefault("10s")
  Duration tokenCache();

  @Doc("How long delivered marks are gathered before they are passed on.")
  @WithDefault("50ms")
  Duration markDelay();

  @Doc("How often push numbers are compared with the session service.")
  @WithDefault("2s")
  Duration countersEvery();

  @Doc("How often the list of sessions is compared with it.")
  @WithDefault("60s")
  Duration reconcileEvery();
}
