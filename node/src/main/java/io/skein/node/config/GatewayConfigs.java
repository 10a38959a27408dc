package io.skein.node.config;

import io.skein.gateway.config.ConnectionLimits;
import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.Timing;
import io.skein.gateway.config.TlsConfig;
import io.skein.node.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the doors as the gateway takes them. */
final class GatewayConfigs {
  private GatewayConfigs() {}

  static GatewayConfig of(GatewaySettings settings) {
    return new GatewayConfig(
        settings.host(),
        settings.tcpPort(),
        settings.httpPort(),
        tls(settings.tls()),
        limits(settings.limits()),
        timing(settings.timing()));
  }

  private static Optional<TlsConfig> tls(GatewayTlsSettings tls) {
    if (tls.certificate().isPresent() != tls.key().isPresent()) {
      throw new Problem(
          "TLS of the doors is half configured",
          "gateway.tls.certificate and gateway.tls.key belong together",
          "set both, or none");
    }
    return tls.certificate()
        .map(
            certificate ->
                new TlsConfig(
                    Path.of(certificate),
                    Path.of(tls.key().orElseThrow()),
                    tls.tcpPort(),
                    tls.httpPort()));
  }

  private static ConnectionLimits limits(ConnectionLimitSettings limits) {
    return new ConnectionLimits(
        limits.maxConnections(),
        limits.maxFrameBytes(),
        limits.maxBodyBytes(),
        limits.maxPage(),
        limits.maxInFlight(),
        limits.callsPerSecond(),
        limits.callBurst(),
        limits.maxOutboundBytes(),
        limits.maxUnconfirmed(),
        limits.maxRoomMembers());
  }

  private static Timing timing(TimingSettings timing) {
    return new Timing(
        timing.connectDeadline(),
        timing.heartbeat(),
        timing.minHeartbeat(),
        timing.maxHeartbeat(),
        timing.ackTimeout(),
        timing.tokenWarning(),
        timing.closeLinger(),
        timing.holdTime(),
        timing.drainSpread(),
        timing.drainWait(),
        timing.pauseLimit(),
        timing.tokenCache(),
        timing.markDelay(),
        timing.countersEvery(),
        timing.reconcileEvery());
  }
}
