package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.protocol.CloseCode;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Gateway instances that share the ports of a process")
class SeveralInstancesTest extends GatewayTest {
  private static final int CLIENTS = 8;

  @Override
  int instances() {
    return 2;
  }

  @Test
  @DisplayName("share the TCP clients, push to their own, and drain together")
  void shareTcpClients() {
    List<TcpJson> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(json().connect("user-" + i));
    }
    assertThat(gatewaysOfClients()).hasSize(2);
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(push("user-" + i, 1, entry(1, "bob", "to " + i)).getMissingSessionsList())
          .isEmpty();
      JsonObject pushed = clients.get(i).next().getJsonObject("data");
      assertThat(pushed.getJsonObject("text").getString("body")).isEqualTo("to " + i);
    }
    Future<Void> undeployed = vertx.undeploy(deployment);
    clients.forEach(client -> assertThat(client.bye()).isEqualTo(CloseCode.DRAIN.code()));
    done(undeployed);
    assertThat(services.closed).hasSize(CLIENTS);
    clients.forEach(TcpJson::close);
  }

  @Test
  @DisplayName("share the WebSocket clients, and none loses a push or a session")
  void shareWebSocketClients() throws InterruptedException {
    List<WebSocketTester> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(WebSocketTester.json(gateway.ports().http()).connect("user-" + i));
    }
    assertThat(gatewaysOfClients()).hasSize(2);
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(push("user-" + i, 1, entry(1, "bob", "x")).getMissingSessionsList()).isEmpty();
      assertThat(new JsonObject(clients.get(i).text()).getInteger("push")).isEqualTo(1);
    }
    clients.forEach(WebSocketTester::close);
    await().until(() -> services.closed.size() == CLIENTS);
  }

  private List<String> gatewaysOfClients() {
    return services.opened.values().stream()
        .map(OpenSessionRequest::getGateway)
        .distinct()
        .toList();
  }
}
