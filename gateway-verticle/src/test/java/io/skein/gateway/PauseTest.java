package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.http.HealthCheck;
import io.skein.gateway.http.HealthChecks;
import io.skein.protocol.CloseCode;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("After a pause of the whole gateway")
class PauseTest extends GatewayTest {
  private final CountDownLatch paused = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTiming(new TestTiming().pauseLimit(Duration.ofMillis(1_500)).build());
  }

  /** A check that holds the event loop of the gateway, as a stopped process would. */
  @Override
  HealthChecks checks() {
    HealthCheck hold =
        new HealthCheck(
            "hold",
            () -> {
              paused.countDown();
              return waited() ? Future.succeededFuture() : Future.failedFuture("not released");
            });
    return new HealthChecks(List.of(hold), List.of(), List.of());
  }

  @Test
  @DisplayName("all connections are closed before anything else is written")
  void closesAll() throws Exception {
    try (TcpJson alice = json().connect("alice");
        TcpJson monitor = TcpJson.raw(gateway.ports().http())) {
      monitor.send(
          "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(paused.await(10, TimeUnit.SECONDS)).isTrue();
      alice.call(9, "ping", "{}");
      assertThat(new CountDownLatch(1).await(2, TimeUnit.SECONDS)).isFalse();
      goOn.countDown();
      assertThat(alice.bye()).isEqualTo(CloseCode.STALE_NODE.code());
    }
    try (TcpJson again = json()) {
      again.connect("alice");
    }
  }

  private boolean waited() {
    try {
      return goOn.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
