package io.skein.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.embedded.test.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("./skein node")
class NodeIT {
  private static final String SECRET = "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aRd";

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "two nodes share the services: a call enters at one and is served at the other; SIGTERM ends each with 0")
  void twoNodes() throws Exception {
    PostgresAddress postgres = TestPostgres.emptyDatabase();
    Path config = configure(postgres.uri(), TestRedis.database().uri());
    int http = freePort();
    int management = freePort();
    try (SkeinProcess services =
            node(config, "session,message,presence,notify", freePort(), freePort());
        SkeinProcess gateway = node(config, "gateway", http, management)) {
      services.await("Ready: ");
      gateway.await("Ready: ");
      assertThat(services.line("Ready: "))
          .startsWith("{")
          .contains("\"message\":\"Ready: [message");
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(get("http://127.0.0.1:" + management + "/health/ready"))
                    .contains("\"UP\"");
                assertThat(register(http)).contains("\"userId\":\"alice\"");
              });
      assertThat(get("http://127.0.0.1:" + management + "/metrics"))
          .contains("skein_native_transport");
      gateway.signal("TERM");
      assertThat(gateway.exitCode()).isZero();
      services.signal("TERM");
      assertThat(services.exitCode()).isZero();
    }
  }

  @Test
  @DisplayName("without Postgres it waits, says so, and gives up in the end with what to do")
  void noPostgres() throws Exception {
    Path config =
        configure("postgresql://u:hush@127.0.0.1:" + freePort() + "/d", TestRedis.database().uri());
    try (SkeinProcess node = node(config, "session", freePort(), freePort())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.output())
          .contains("Waiting for Postgres", "does not answer after 2 s", "what to do:")
          .doesNotContain("hush", "\tat ");
    }
  }

  @Test
  @DisplayName("a weak secret and an unknown service are refused before anything starts")
  void refused() throws Exception {
    Path config = configure("postgresql://u@127.0.0.1:1/d", "redis://127.0.0.1:1");
    Map<String, String> weak = Map.of("SKEIN_TOKENS_KEYS_0_SECRET", "secret");
    try (SkeinProcess node =
        SkeinProcess.start(folder, weak, "node", "--config", config.toString())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.output()).contains("tokens.keys[0].secret is shorter than 32");
    }
    try (SkeinProcess node = node(config, "sesion", 0, 0)) {
      assertThat(node.exitCode()).isEqualTo(2);
      assertThat(node.output()).contains("sesion").doesNotContain("\tat ");
    }
  }

  private SkeinProcess node(Path config, String services, int http, int management) {
    return SkeinProcess.start(
        folder,
        Map.of(
            "SKEIN_GATEWAY_HTTP_PORT", Integer.toString(http),
            "SKEIN_MANAGEMENT_PORT", Integer.toString(management)),
        "node",
        "--services=" + services,
        "--config",
        config.toString());
  }

  /** A cluster of its own, so that tests that run at the same time do not join each other. */
  private Path configure(String postgres, String redis) throws IOException {
    String cluster = Files.readString(Path.of("..", "cluster.xml").toAbsolutePath().normalize());
    Files.writeString(
        folder.resolve("cluster.xml"),
        cluster.replace("<cluster-name>skein<", "<cluster-name>test-" + UUID.randomUUID() + "<"));
    return Files.writeString(
        folder.resolve("skein.yml"),
        """
        node: {store-timeout: 2s}
        postgres: {uri: "%s"}
        redis: {uri: "%s"}
        tokens: {keys: [{kid: main, secret: "%s"}]}
        session: {open-registration: true}
        gateway: {tcp-port: 0}
        """
            .formatted(postgres, redis, SECRET));
  }

  private static String register(int http) throws IOException, InterruptedException {
    String json = "{\"userId\":\"alice\",\"password\":\"correct horse\",\"displayName\":\"Alice\"}";
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/v1/accounts/register"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private static String get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
