package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import io.skein.protocol.CloseCode;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection's deadlines")
class DeadlinesTest extends GatewayTest {

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTiming(
        new TestTiming()
            .connectDeadline(Duration.ofSeconds(1))
            .heartbeat(Duration.ofSeconds(1))
            .tokenWarning(Duration.ofSeconds(1))
            .build());
  }

  @Test
  @DisplayName("free a client that never connects, with a bye")
  void neverConnects() {
    try (TcpJson client = json()) {
      client.call(1, "ping", "{}");
      client.result(1);
      assertThat(client.bye()).isEqualTo(CloseCode.AUTH_TIMEOUT.code());
    }
  }

  @Test
  @DisplayName("free a client that is silent after half a frame")
  void truncatedFrame() {
    try (TcpJson client = json()) {
      client.send("{\"id\":1,\"meth".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.bye()).isEqualTo(CloseCode.AUTH_TIMEOUT.code());
    }
  }

  @Test
  @DisplayName("free a client that never says how it speaks")
  void noPreamble() {
    try (TcpJson client = TcpJson.raw(gateway.ports().tcp())) {
      client.send("SKEIN".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.line()).startsWith("ERROR no preamble");
      assertThat(client.line()).isNull();
    }
  }

  @Test
  @DisplayName("free a client that is silent within a frame after connect")
  void truncatedFrames() {
    try (TcpJson json = json().connect("alice");
        TcpProto proto = new TcpProto(gateway.ports().tcp()).connect("bob")) {
      json.send("{\"id\":2,\"method\":\"messages.send\"".getBytes(StandardCharsets.US_ASCII));
      proto.send(new byte[] {100, 8, 2});
      assertThat(json.bye()).isEqualTo(CloseCode.HEARTBEAT_MISSED.code());
      assertThat(proto.bye()).isEqualTo(CloseCode.HEARTBEAT_MISSED.code());
      assertThat(services.sent).isEmpty();
    }
  }

  @Test
  @DisplayName("count any frame as life, and end a client that is silent for 2.5 intervals")
  void heartbeat() {
    try (TcpJson client = json().connect("alice")) {
      long begin = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                client.call(2, "ping", "{}").result(2);
                return System.nanoTime() - begin > Duration.ofSeconds(4).toNanos();
              });
      long silent = System.nanoTime();
      assertThat(client.bye()).isEqualTo(CloseCode.HEARTBEAT_MISSED.code());
      assertThat(Duration.ofNanos(System.nanoTime() - silent))
          .isBetween(Duration.ofMillis(2_300), Duration.ofSeconds(5));
    }
  }

  @Test
  @DisplayName("grant the heartbeat that a client wishes, within bounds")
  void grantsHeartbeats() {
    String connect = "{\"token\":\"alice\",\"device\":{\"id\":\"d\"},\"heartbeatSeconds\":%d}";
    try (TcpJson patient = json();
        TcpJson modest = json()) {
      patient.call(1, "connect", connect.formatted(100_000));
      assertThat(patient.result(1).getInteger("heartbeatSeconds")).isEqualTo(600);
      modest.call(1, "connect", connect.formatted(7));
      assertThat(modest.result(1).getInteger("heartbeatSeconds")).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("warn before the token's end, and close at it")
  void tokenExpires() {
    services.tokenLife = Duration.ofMillis(1_500);
    try (TcpJson client = json().connect("alice")) {
      JsonObject warning = client.next();
      assertThat(warning.getString("event")).isEqualTo("tokenExpiring");
      assertThat(client.bye()).isEqualTo(CloseCode.TOKEN_EXPIRED.code());
    }
  }

  @Test
  @DisplayName("move with a renewed token of the same user")
  void tokenRenewed() {
    services.tokenLife = Duration.ofMillis(1_500);
    try (TcpJson client = json().connect("alice")) {
      assertThat(client.next().getString("event")).isEqualTo("tokenExpiring");
      services.tokenLife = Duration.ofHours(1);
      client.call(2, "renew", "{\"token\":\"bob\"}");
      assertThat(client.error(2).getString("code")).isEqualTo("permission_denied");
      client.call(3, "renew", "{\"token\":\"bad\"}");
      assertThat(client.error(3).getString("code")).isEqualTo("unauthenticated");
      client.call(4, "renew", "{\"token\":\"alice\"}");
      client.result(4);
      long begin = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                client.assertAlive();
                return System.nanoTime() - begin > Duration.ofSeconds(2).toNanos();
              });
    }
  }
}
