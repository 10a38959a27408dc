package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.http.HealthCheck;
import io.skein.gateway.http.HealthChecks;
import io.skein.mesh.CallContext;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.internal.v1.ForgetTokensReply;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The HTTP door")
class HttpDoorTest extends GatewayTest {
  private static final Rpc<ForgetTokensRequest, ForgetTokensReply> FORGET =
      Rpc.of("gateways.forgetTokens", ForgetTokensRequest.class, ForgetTokensReply.class);
  private static final String MESSAGE =
      "{\"to\":{\"userId\":\"bob\"},\"clientMsgId\":\"m\",\"text\":{\"body\":\"hi\"}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private volatile String postgres;

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults
        .withLimits(defaults.limits().withMaxFrameBytes(10_000).withRate(1, 5))
        .withTiming(new TestTiming().connectDeadline(Duration.ofSeconds(1)).build());
  }

  @Override
  HealthChecks checks() {
    HealthCheck check =
        new HealthCheck(
            "postgres",
            () -> postgres == null ? Future.succeededFuture() : Future.failedFuture(postgres));
    return new HealthChecks(List.of(), List.of(check), List.of(check));
  }

  @Test
  @DisplayName("calls a method for the user of the token")
  void callsForAUser() throws Exception {
    HttpResponse<String> reply = post("/v1/messages/send", MESSAGE, "alice");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("content-type")).contains("application/json");
    assertThat(new JsonObject(reply.body()).getInteger("seq")).isEqualTo(1);
    CallerInfo caller = services.sent.getFirst().caller();
    assertThat(caller.getUserId()).isEqualTo("alice");
    assertThat(caller.getSessionId()).isEmpty();
    assertThat(caller.getRemoteAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  @DisplayName("calls for another user with a service token of the right scope, not without one")
  void callsOnBehalfOf() throws Exception {
    HttpRequest.Builder request = request("/v1/messages/send", MESSAGE, "service");
    assertThat(send(request.header("Skein-On-Behalf-Of", "carol")).statusCode()).isEqualTo(200);
    assertThat(services.sent.getFirst().caller().getUserId()).isEqualTo("carol");
    HttpResponse<String> nobody = post("/v1/messages/send", MESSAGE, "service");
    assertThat(nobody.statusCode()).isEqualTo(403);
    assertThat(error(nobody).getString("message")).contains("Skein-On-Behalf-Of");
    HttpResponse<String> scope = post("/v1/sessions/kick", "{\"userId\":\"bob\"}", "service");
    assertThat(scope.statusCode()).isEqualTo(403);
    assertThat(error(scope).getString("message")).contains("sessions");
    assertThat(post("/v1/sessions/kick", "{\"userId\":\"bob\"}", "alice").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"service, SERVICE", "alice, ANONYMOUS", "bad, ANONYMOUS", ", ANONYMOUS"})
  @DisplayName("tells who calls where no token is needed if it is a backend, and nothing else")
  void callsWithoutNeed(String token, CallerInfo.Kind kind) throws Exception {
    HttpResponse<String> reply = post("/v1/accounts/login", "{\"userId\":\"bob\"}", token);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    CallerInfo caller = services.loginCallers.getFirst();
    assertThat(caller.getKind()).isEqualTo(kind);
    assertThat(caller.getUserId()).isEmpty();
    assertThat(caller.getScopesCount()).isEqualTo(kind == CallerInfo.Kind.SERVICE ? 1 : 0);
    assertThat(caller.getRemoteAddress()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/messages/nope     | {}          | alice | 501 | unimplemented",
        "/v1/tokens/verify     | {}          | alice | 501 | unimplemented",
        "/v1/connection/ping   | {}          | alice | 501 | unimplemented",
        "/v1/connect           | {}          | alice | 501 | unimplemented",
        "/v1/messages/send     | {           | alice | 400 | invalid_argument",
        "/v1/messages/send     | {\"nope\":1} | alice | 400 | invalid_argument",
        "/v1/messages/send     | {}          | bad   | 401 | unauthenticated",
        "/v1/messages/send     | {}          |       | 401 | unauthenticated",
        "/nowhere              | {}          | alice | 404 | not_found"
      })
  @DisplayName("answers errors with the status of their code")
  void answersErrors(String path, String body, String token, int status, String code)
      throws Exception {
    HttpResponse<String> reply = post(path, body, token);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(error(reply).getString("code")).isEqualTo(code);
    assertThat(services.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[]",
        "{'to':{}}",
        "{/* comment */}",
        "{\"to\":{},\"to\":{}}",
        "{} trailing",
        "{\"to\":\"bob\"}",
        "{\"to\":{\"userId\":7}}",
        "{\"text\":{\"body\":\"\\ud800\"}}",
        "{\"text\":{\"body\":\"\\u0000\"}}",
        "{\"\\ud800\":1}",
        "{👋}"
      })
  @DisplayName("answers a body that is no request of the method with 400, and goes on")
  void answersBrokenBodies(String body) throws Exception {
    assertRefused(HttpRequest.BodyPublishers.ofString(body));
    assertThat(post("/v1/messages/send", MESSAGE, "alice").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("answers a body that is not UTF-8, and one nested too deeply, with 400")
  void answersUnreadableBodies() throws Exception {
    byte[] latin = "{\"text\":{\"body\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(assertRefused(HttpRequest.BodyPublishers.ofByteArray(latin))).contains("UTF-8");
    String deep = "{\"to\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}";
    assertRefused(HttpRequest.BodyPublishers.ofString(deep));
  }

  /** Answers the error's message. */
  private String assertRefused(HttpRequest.BodyPublisher body) throws Exception {
    HttpResponse<String> reply =
        send(
            HttpRequest.newBuilder(uri("/v1/messages/send"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer alice")
                .POST(body));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(error(reply).getString("code")).isEqualTo("invalid_argument");
    return error(reply).getString("message");
  }

  @Test
  @DisplayName("answers the wrong verb, a wrong content type and a large body as JSON, too")
  void answersHttpErrors() throws Exception {
    HttpResponse<String> verb = send(HttpRequest.newBuilder(uri("/v1/messages/send")).GET());
    assertThat(verb.statusCode()).isEqualTo(405);
    assertThat(error(verb).getString("code")).isEqualTo("invalid_argument");
    HttpResponse<String> type =
        send(
            HttpRequest.newBuilder(uri("/v1/messages/send"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(type.statusCode()).isEqualTo(415);
    assertThat(error(type).getString("message")).contains("application/json");
    HttpResponse<String> large = post("/v1/messages/send", "x".repeat(20_000), "alice");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(error(large).getString("code")).isEqualTo("too_large");
  }

  @Test
  @DisplayName("asks about a token once, until it is told to forget it")
  void cachesTokens() throws Exception {
    post("/v1/messages/send", MESSAGE, "alice");
    post("/v1/messages/send", MESSAGE, "alice");
    assertThat(services.verified).hasValue(1);
    ForgetTokensRequest forget =
        ForgetTokensRequest.newBuilder().addTokenIds("id of alice").build();
    String instance = mesh.ring().instances("gateway").getFirst().id();
    done(
        mesh.bus()
            .callInstance(FORGET, instance, forget, CallContext.internal(Duration.ofSeconds(5))));
    post("/v1/messages/send", MESSAGE, "alice");
    assertThat(services.verified).hasValue(2);
  }

  @Test
  @DisplayName("limits the rate of a token, and says when to come back")
  void limitsTheRate() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(post("/v1/messages/send", MESSAGE, "alice").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> reply = post("/v1/messages/send", MESSAGE, "alice");
    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.headers().firstValue("retry-after")).contains("1");
    assertThat(post("/v1/messages/send", MESSAGE, "bob").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("passes a service's retryable error on as such")
  void passesErrorsOn() throws Exception {
    services.onSend =
        sent -> Future.failedFuture(new SkeinException(ErrorCode.TOO_LARGE, "too large"));
    assertThat(post("/v1/messages/send", MESSAGE, "alice").statusCode()).isEqualTo(413);
  }

  @Test
  @DisplayName("tells health, check by check")
  void tellsHealth() throws Exception {
    assertThat(send(HttpRequest.newBuilder(uri("/health/live"))).body())
        .isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    HttpResponse<String> ready = send(HttpRequest.newBuilder(uri("/health/ready")));
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("postgres", "gateway");
    postgres = "connection refused";
    HttpResponse<String> down = send(HttpRequest.newBuilder(uri("/health/ready")));
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.body())
        .contains("\"status\":\"DOWN\"", "\"data\":{\"error\":\"connection refused\"}");
    assertThat(send(HttpRequest.newBuilder(uri("/health/started"))).statusCode()).isEqualTo(503);
  }

  @Test
  @DisplayName("says what it is")
  void welcomes() throws Exception {
    HttpResponse<String> page = send(HttpRequest.newBuilder(uri("/")));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/ws", "/health/ready");
  }

  @Test
  @DisplayName("frees connections that never ask anything")
  void freesSilentClients() {
    try (TcpJson silent = TcpJson.raw(gateway.ports().http())) {
      await().atMost(Duration.ofSeconds(10)).until(() -> silent.line() == null);
    }
  }

  private HttpResponse<String> post(String path, String body, String token) throws Exception {
    return send(request(path, body, token));
  }

  private HttpRequest.Builder request(String path, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(gateway.ports().http(), path));
  }

  private static JsonObject error(HttpResponse<String> reply) {
    return new JsonObject(reply.body()).getJsonObject("error");
  }
}
