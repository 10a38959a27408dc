package io.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ConversationIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that does not care about limits, as far as the protocol's document allows. */
@DisplayName("Under a tight rate limit")
@Timeout(600)
class TightLimitIT {
  private static final int MESSAGES = 60;

  private static Cluster cluster;
  private static Node node;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster("tight-limit");
    node =
        cluster
            .start(
                "all",
                "gateway,session,message,presence,notify",
                """
                  limits:
                    calls-per-second: 20
                    call-burst: 10
                """)
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @DisplayName("pipelined messages that are repeated until all are in the log keep their order")
  void order() throws Exception {
    Person alice = Person.register(node.tcp(), "alice");
    Person bob = Person.register(node.tcp(), "bob");
    List<JsonObject> unsent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      unsent.add(message(bob, "message " + i));
    }
    try (ForeignClient client = ForeignClient.jsonLines(node.tcpPort())) {
      client.connect(alice.login());
      int rounds = 0;
      for (; !unsent.isEmpty(); rounds++) {
        unsent = sendAll(client, unsent);
      }
      assertThat(rounds).as("rounds, or nothing was refused").isGreaterThan(1);
      assertThat(log(client, alice, bob))
          .isEqualTo(IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList());
    }
  }

  private static JsonObject message(Person to, String body) {
    return new JsonObject()
        .put("to", new JsonObject().put("userId", to.id()))
        .put("clientMsgId", UUID.randomUUID().toString())
        .put("text", new JsonObject().put("body", body));
  }

  /** All at once; answers those that were refused for the moment, in the order of sending. */
  private static List<JsonObject> sendAll(ForeignClient client, List<JsonObject> messages)
      throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (JsonObject message : messages) {
      ids.add(client.send("messages.send", message));
    }
    List<JsonObject> refused = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      JsonObject error = client.answer(ids.get(i)).getJsonObject("error");
      if (error != null) {
        assertThat(error.getBoolean("retryable")).as(error.encode()).isTrue();
        refused.add(messages.get(i));
      }
    }
    return refused;
  }

  private static List<String> log(ForeignClient client, Person one, Person other)
      throws IOException {
    JsonObject which =
        new JsonObject()
            .put("conversationId", ConversationIds.direct(one.id(), other.id()).toString())
            .put("limit", 200);
    JsonObject reply = client.callUntilAdmitted("messages.history", which);
    JsonArray entries = reply.getJsonObject("result").getJsonArray("entries");
    return entries.stream()
        .map(entry -> ((JsonObject) entry).getJsonObject("text").getString("body"))
        .toList();
  }
}
