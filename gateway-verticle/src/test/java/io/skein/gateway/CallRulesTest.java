package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.skein.gateway.config.GatewayConfig;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.SendReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call over a connection")
class CallRulesTest extends GatewayTest {

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withLimits(defaults.limits().withMaxInFlight(3).withRate(5, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "messages.nope", "", "tokens.verify", "gateways.push", "directory.open"})
  @DisplayName("of an unknown or internal method is unimplemented")
  void unknownMethods(String method) {
    try (TcpJson client = json().connect("alice")) {
      client.call(2, method, "{}");
      assertThat(client.error(2).getString("code")).isEqualTo("unimplemented");
      client.assertAlive();
    }
  }

  @Test
  @DisplayName("before connect is unauthenticated, unless anyone may make it")
  void beforeConnect() {
    try (TcpJson client = json()) {
      client.message(1, "bob", "hi");
      assertThat(client.error(1).getString("code")).isEqualTo("unauthenticated");
      client.call(2, "delivered", "{\"conversationId\":\"%s\",\"seq\":1}".formatted(CONVERSATION));
      assertThat(client.error(2).getString("code")).isEqualTo("unauthenticated");
      client.call(3, "accounts.login", "{\"userId\":\"alice\",\"password\":\"x\"}");
      assertThat(client.result(3).getString("token")).isEqualTo("alice");
      assertThat(services.sent).isEmpty();
    }
  }

  @Test
  @DisplayName("of a method for backends is refused")
  void backendMethods() {
    try (TcpJson client = json().connect("alice")) {
      client.call(2, "sessions.kick", "{\"userId\":\"bob\"}");
      assertThat(client.error(2).getString("code")).isEqualTo("permission_denied");
    }
  }

  @Test
  @DisplayName("connect works once, with a good token and a sound device")
  void connectRules() {
    try (TcpJson client = json()) {
      client.call(1, "connect", "{\"token\":\"bad\",\"device\":{\"id\":\"d\"}}");
      assertThat(client.error(1).getString("code")).isEqualTo("unauthenticated");
      client.call(2, "connect", "{\"token\":\"alice\"}");
      assertThat(client.error(2).getString("field")).isEqualTo("device.id");
      client.call(3, "connect", "{\"token\":\"alice@tablet\",\"device\":{\"id\":\"d\"}}");
      assertThat(client.error(3).getString("code")).isEqualTo("permission_denied");
      client.call(4, "connect", "{\"token\":\"service\",\"device\":{\"id\":\"d\"}}");
      assertThat(client.error(4).getString("code")).isEqualTo("permission_denied");
      client.call(5, "connect", "{\"token\":\"alice\",\"device\":{\"id\":\"d\"}}");
      client.result(5);
      client.call(6, "connect", "{\"token\":\"alice\",\"device\":{\"id\":\"d\"}}");
      assertThat(client.error(6).getString("code")).isEqualTo("already_connected");
    }
  }

  @Test
  @DisplayName("with a missing id, or that of an unanswered call, is refused")
  void idRules() {
    Promise<SendReply> answer = Promise.promise();
    services.onSend = sent -> answer.future();
    try (TcpJson client = json().connect("alice")) {
      client.send("{\"method\":\"ping\"}");
      assertThat(client.error(0).getString("field")).isEqualTo("id");
      client.message(2, "bob", "first").message(2, "bob", "second");
      assertThat(client.error(2).getString("code")).isEqualTo("invalid_argument");
      answer.complete(SendReply.newBuilder().setSeq(5).build());
      assertThat(client.result(2).getInteger("seq")).isEqualTo(5);
      client.message(2, "bob", "third");
      client.result(2);
    }
  }

  @Test
  @DisplayName("beyond the unanswered ones allowed is told to wait")
  void inFlightLimit() {
    Promise<SendReply> answer = Promise.promise();
    services.onSend = sent -> answer.future();
    try (TcpJson client = json().connect("alice")) {
      for (int id = 2; id <= 5; id++) {
        client.message(id, "user-" + id, "hi");
      }
      JsonObject error = client.error(5);
      assertThat(error.getString("code")).isEqualTo("overloaded");
      assertThat(error.getBoolean("retryable")).isTrue();
      assertThat(error.getInteger("retryAfterMs")).isPositive();
      answer.complete(SendReply.getDefaultInstance());
      client.result(2);
    }
  }

  @Test
  @DisplayName("beyond the rate is told when to come back, and then gets in")
  void rateLimit() {
    try (TcpJson client = json()) {
      for (int id = 1; id <= 21; id++) {
        client.call(id, "ping", "{}");
      }
      for (int id = 1; id <= 20; id++) {
        client.result(id);
      }
      JsonObject error = client.error(21);
      assertThat(error.getString("code")).isEqualTo("rate_limited");
      assertThat(error.getInteger("retryAfterMs")).isBetween(1, 201);
      Awaitility.await()
          .pollInterval(Duration.ofMillis(100))
          .until(() -> client.call(22, "ping", "{}").next().containsKey("result"));
    }
  }

  @Test
  @DisplayName("that is no call counts, too, and is told to come back later")
  void rateLimitOfBrokenLines() {
    try (TcpJson client = json()) {
      client.send("{broken}\n".repeat(20) + "{\"id\":7,broken}");
      for (int i = 0; i < 20; i++) {
        assertThat(client.error(0).getString("code")).isEqualTo("invalid_argument");
      }
      assertThat(client.error(7).getString("code")).isEqualTo("rate_limited");
    }
  }

  @Test
  @DisplayName("whose result cannot be written is answered with an internal error")
  void unwritableResults() {
    Timestamp never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    services.onSend =
        sent -> Future.succeededFuture(SendReply.newBuilder().setSentAt(never).build());
    try (TcpJson client = json().connect("alice")) {
      for (int id = 2; id < 10; id++) {
        client.message(id, "bob", "hi");
        JsonObject error = client.error(id);
        assertThat(error.getString("code")).isEqualTo("internal");
        assertThat(error.getBoolean("retryable")).isFalse();
      }
    }
  }

  @Test
  @DisplayName("connect with one bad token after the other ends the connection for good")
  void badTokens() {
    String bad = "{\"token\":\"bad\",\"device\":{\"id\":\"d\"}}";
    try (TcpJson client = json()) {
      for (int id = 1; id <= 3; id++) {
        client.call(id, "connect", bad);
        assertThat(client.error(id).getString("code")).isEqualTo("unauthenticated");
      }
      assertThat(client.bye()).isEqualTo(CloseCode.BAD_TOKEN.code());
    }
  }

  @Test
  @DisplayName("connect that fails for another reason may be tried again and again")
  void failingConnects() {
    services.onOpen =
        request -> Future.failedFuture(new SkeinException(ErrorCode.SESSION_REFUSED, "not now"));
    try (TcpJson client = json()) {
      for (int id = 1; id <= 5; id++) {
        client.call(id, "connect", "{\"token\":\"alice\",\"device\":{\"id\":\"d\"}}");
        assertThat(client.error(id).getString("code")).isEqualTo("session_refused");
      }
      client.assertAlive();
    }
  }

  @Test
  @DisplayName("that fails at its service carries the service's error")
  void passesErrorsOn() {
    services.onSend =
        sent ->
            Future.failedFuture(
                new SkeinException(ErrorCode.NOT_FOUND, "no such user").withField("to.userId"));
    try (TcpJson client = json().connect("alice")) {
      client.message(2, "nobody", "hi");
      JsonObject error = client.error(2);
      assertThat(error.getString("code")).isEqualTo("not_found");
      assertThat(error.getString("field")).isEqualTo("to.userId");
      assertThat(error.getBoolean("retryable")).isFalse();
    }
  }
}
