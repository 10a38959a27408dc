package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The doors as a stranger finds them, with programs that know nothing of ours. */
@DisplayName("A client that is not ours")
@Timeout(600)
class ForeignClientsIT {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String PYTHON = "/usr/bin/python3";

  private static Cluster cluster;
  private static Node node;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster("foreign-clients");
    node = cluster.start("all", "gateway,session,message,presence,notify").awaitReady();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("talks JSON lines over a bare socket")
  void bareSocket() throws Exception {
    try (ForeignClient one = socket();
        ForeignClient other = socket()) {
      talk(one, other);
    }
  }

  @Test
  @DisplayName("talks JSON lines through nc")
  void netcat() throws Exception {
    assumeTrue(works("nc", "-h"), "nc is not installed: apt-get install netcat-openbsd");
    try (ForeignClient one = netcatClient();
        ForeignClient other = netcatClient()) {
      talk(one, other);
    }
  }

  @Test
  @DisplayName("talks JSON over WebSocket with the library of another language")
  void webSocket() throws Exception {
    assumeTrue(
        works(PYTHON, "-c", "import websockets"),
        "python3-websockets is not installed: apt-get install python3-websockets");
    try (ForeignClient one = pythonClient();
        ForeignClient other = pythonClient()) {
      talk(one, other);
      assertThat(one.lines()).contains("subprotocol skein.v1.json");
    }
  }

  @Test
  @DisplayName("calls the same methods over HTTP")
  void http() throws Exception {
    String dora = "dora-" + UUID.randomUUID();
    String token;
    try (ForeignClient client = socket()) {
      token = signUp(client, dora);
    }
    JsonObject sent =
        post(
            "messages.send",
            token,
            new JsonObject()
                .put("to", new JsonObject().put("userId", dora))
                .put("clientMsgId", UUID.randomUUID().toString())
                .put("text", new JsonObject().put("body", "note to self")));
    JsonObject history =
        post(
            "messages.history",
            token,
            new JsonObject().put("conversationId", sent.getString("conversationId")));

    assertThat(history.getJsonArray("entries").getJsonObject(0).getJsonObject("text"))
        .isEqualTo(new JsonObject().put("body", "note to self"));
  }

  private static JsonObject post(String method, String token, JsonObject body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.http(method))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  /** From signing up to reading: what the protocol's document shows. */
  private static void talk(ForeignClient one, ForeignClient other) throws IOException {
    String alice = "alice-" + UUID.randomUUID();
    String bob = "bob-" + UUID.randomUUID();
    connect(one, signUp(one, alice));
    connect(other, signUp(other, bob));

    String id = UUID.randomUUID().toString();
    JsonObject send =
        new JsonObject()
            .put("to", new JsonObject().put("userId", bob))
            .put("clientMsgId", id)
            .put("text", new JsonObject().put("body", "hi 你好 👋"));
    JsonObject sent = one.call("messages.send", send).getJsonObject("result");
    assertThat(sent.getInteger("seq")).isEqualTo(1);
    assertThat(one.call("messages.send", send).getJsonObject("result")).isEqualTo(sent);

    JsonObject entry = other.event("entry");
    String conversation = sent.getString("conversationId");
    assertThat(entry.getString("conversationId")).isEqualTo(conversation);
    assertThat(entry.getString("sender")).isEqualTo(alice);
    assertThat(entry.getString("clientMsgId")).isEqualTo(id);
    assertThat(entry.getJsonObject("text").getString("body")).isEqualTo("hi 你好 👋");

    JsonObject upTo = new JsonObject().put("conversationId", conversation).put("seq", 1);
    assertThat(other.call("delivered", upTo).getJsonObject("error")).isNull();
    JsonObject read = other.call("conversations.read", upTo).getJsonObject("result");
    assertThat(read.getInteger("unread")).isZero();
    assertThat(
            one.await(
                push ->
                    "mark".equals(push.getString("event"))
                        && push.getJsonObject("data").getInteger("readSeq") == 1))
        .isNotNull();

    JsonArray conversations =
        other
            .call("conversations.sync", new JsonObject().put("cursor", ""))
            .getJsonObject("result")
            .getJsonArray("conversations");
    assertThat(conversations).hasSize(1);
    assertThat(conversations.getJsonObject(0).getString("userId")).isEqualTo(alice);

    JsonObject refused = one.call("messages.sent", new JsonObject()).getJsonObject("error");
    assertThat(refused.getString("code")).isEqualTo("unimplemented");
  }

  private static String signUp(ForeignClient client, String user) throws IOException {
    JsonObject account =
        new JsonObject().put("userId", user).put("password", PASSWORD).put("displayName", user);
    assertThat(client.call("accounts.register", account).getJsonObject("error")).isNull();
    account.remove("displayName");
    return client.call("accounts.login", account).getJsonObject("result").getString("token");
  }

  private static void connect(ForeignClient client, String token) throws IOException {
    assertThat(client.connect(token).getInteger("heartbeatSeconds")).isPositive();
  }

  private static ForeignClient socket() throws IOException {
    return ForeignClient.jsonLines(node.tcpPort());
  }

  private static ForeignClient netcatClient() throws IOException {
    ForeignClient client =
        ForeignClient.of(
            new ProcessBuilder("nc", "127.0.0.1", String.valueOf(node.tcpPort())).start());
    client.write("SKEIN/1 json");
    return client;
  }

  private static ForeignClient pythonClient() throws Exception {
    Path script = Path.of(ForeignClientsIT.class.getResource("/websocket_client.py").toURI());
    return ForeignClient.of(
        new ProcessBuilder(PYTHON, script.toString(), node.webSocket())
            .redirectErrorStream(true)
            .start());
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
