package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When as many are connected as may be")
class ConnectionCapTest extends GatewayTest {
  private static final int CAP = 3;
  private static final String JSON = "Sec-WebSocket-Protocol: skein.v1.json\r\n";

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withLimits(defaults.limits().withMaxConnections(CAP));
  }

  @Test
  @DisplayName("a TCP client is turned away with a word, until another leaves")
  void turnsTcpClientsAway() {
    List<TcpJson> in = new ArrayList<>();
    for (int i = 0; i < CAP; i++) {
      in.add(json());
      in.getLast().assertAlive();
    }
    assertTurnedAway();
    in.getFirst().close();
    awaitRoom();
    in.forEach(TcpJson::close);
  }

  @Test
  @DisplayName("those count who have not yet said how they speak")
  void countsSilentClients() {
    List<TcpJson> silent = new ArrayList<>();
    for (int i = 0; i < CAP; i++) {
      silent.add(TcpJson.raw(gateway.ports().tcp()));
    }
    assertTurnedAway();
    silent.forEach(TcpJson::close);
    awaitRoom();
  }

  @Test
  @DisplayName("a WebSocket is answered with 503, whatever door the others came through")
  void turnsWebSocketsAway() throws IOException {
    int port = gateway.ports().http();
    try (TcpJson first = json();
        RawWebSocket second = new RawWebSocket(port);
        RawWebSocket third = new RawWebSocket(port);
        RawWebSocket late = new RawWebSocket(port)) {
      first.assertAlive();
      assertThat(second.handshake(JSON)).startsWith("HTTP/1.1 101");
      assertThat(third.handshake(JSON)).startsWith("HTTP/1.1 101");
      assertThat(late.handshake(JSON)).startsWith("HTTP/1.1 503");
    }
    awaitRoom();
  }

  @Test
  @DisplayName("an HTTP client is closed at once, until another leaves")
  void turnsHttpClientsAway() {
    String get = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r";
    List<TcpJson> in = new ArrayList<>();
    for (int i = 0; i < CAP; i++) {
      in.add(TcpJson.raw(gateway.ports().http()).send(get));
      assertThat(in.getLast().line()).startsWith("HTTP/1.1 200");
    }
    try (TcpJson late = TcpJson.raw(gateway.ports().http())) {
      assertThat(late.line()).isNull();
    }
    in.forEach(TcpJson::close);
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (TcpJson again = TcpJson.raw(gateway.ports().http()).send(get)) {
                assertThat(again.line()).startsWith("HTTP/1.1 200");
              }
            });
  }

  private void assertTurnedAway() {
    try (TcpJson late = TcpJson.raw(gateway.ports().tcp())) {
      assertThat(late.line()).startsWith("ERROR overloaded");
      assertThat(late.line()).isNull();
    }
  }

  private void awaitRoom() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (TcpJson again = json()) {
                again.assertAlive();
              }
            });
  }
}
