package io.skein.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Notification;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The webhook")
class WebhookProviderTest {
  private static final String SECRET = "a secret of 32 characters or more";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final Notification NOTIFICATION =
      Notification.newBuilder()
          .setUserId("böb 👋")
          .setConversationId("00000000-0000-8000-8000-000000000001")
          .setSeq(7)
          .setSender("alice")
          .setUnread(2)
          .setTotalUnread(5)
          .setPreview("hi 你好 👋")
          .setIdempotencyKey("key-1")
          .build();

  private Vertx vertx;
  private WebhookServer server;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private PushOutcome send(Handler<HttpServerRequest> answer) {
    server = WebhookServer.start(vertx, answer);
    return send(server.url(), Duration.ofSeconds(5));
  }

  private PushOutcome send(URI url, Duration timeout) {
    PushProvider provider = new WebhookProvider(vertx, url, SECRET, timeout, 4, CLOCK);
    Future<PushOutcome> sent = provider.send(NOTIFICATION);
    return sent.timeout(20, TimeUnit.SECONDS).await();
  }

  private static Handler<HttpServerRequest> status(int status) {
    return request -> request.response().setStatusCode(status).end("whatever");
  }

  @Test
  @DisplayName("gets the notification as JSON, with its idempotency key")
  void bodyAndKey() throws Exception {
    assertThat(send(status(204))).isEqualTo(new PushOutcome.Delivered());
    Received request = server.received.getFirst();
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("Skein-Idempotency-Key")).isEqualTo("key-1");
    String json = request.body().toString();
    assertThat(json).contains("\"seq\":7", "\"reason\":\"OFFLINE\"", "\"unread\":2");
    assertThat(JsonCodec.decode(json, Notification.getDefaultInstance())).isEqualTo(NOTIFICATION);
  }

  @Test
  @DisplayName("can check who signed the bytes it received, and when")
  void signature() throws Exception {
    send(status(200));
    Received request = server.received.getFirst();
    assertThat(request.header("Skein-Timestamp")).isEqualTo("1795435200");
    byte[] text = concat("1795435200.".getBytes(StandardCharsets.UTF_8), request.body().getBytes());
    assertThat(request.header("Skein-Signature"))
        .isEqualTo("v1=" + HexFormat.of().formatHex(hmac(SECRET, text)));
  }

  /** From the definition in RFC 2104, apart from the code under test and from its library. */
  private static byte[] hmac(String secret, byte[] text) throws Exception {
    byte[] key = Arrays.copyOf(secret.getBytes(StandardCharsets.UTF_8), 64);
    byte[] inner = new byte[64];
    byte[] outer = new byte[64];
    for (int i = 0; i < key.length; i++) {
      inner[i] = (byte) (key[i] ^ 0x36);
      outer[i] = (byte) (key[i] ^ 0x5c);
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] first = sha256.digest(concat(inner, text));
    return sha256.digest(concat(outer, first));
  }

  private static byte[] concat(byte[] one, byte[] other) throws Exception {
    var both = new ByteArrayOutputStream();
    both.write(one);
    both.write(other);
    return both.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  @DisplayName("says when to come again")
  void retryAfter(int status) {
    PushOutcome outcome =
        send(
            request ->
                request.response().setStatusCode(status).putHeader("Retry-After", "7").end());
    assertThat(outcome)
        .isEqualTo(
            new PushOutcome.Retry(
                Optional.of(Duration.ofSeconds(7)), "the webhook answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  @DisplayName("that fails is tried again by our own backoff, whatever it asks for")
  void serverErrors(int status) {
    PushOutcome outcome =
        send(
            request ->
                request.response().setStatusCode(status).putHeader("Retry-After", "7").end());
    assertThat(outcome)
        .isEqualTo(new PushOutcome.Retry(Optional.empty(), "the webhook answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 422})
  @DisplayName("that refuses is not asked again")
  void clientErrors(int status) {
    assertThat(send(status(status)))
        .isEqualTo(new PushOutcome.Rejected("the webhook answered " + status));
  }

  @Test
  @DisplayName("cannot send the signed body elsewhere")
  void redirect() {
    PushOutcome outcome =
        send(
            request ->
                request.response().setStatusCode(307).putHeader("Location", "/elsewhere").end());
    assertThat(outcome).isEqualTo(new PushOutcome.Rejected("the webhook answered 307"));
    assertThat(server.received).extracting(Received::uri).containsExactly("/hook");
  }

  @Test
  @DisplayName("that never answers costs no more than the time-out")
  void silence() {
    server = WebhookServer.start(vertx, request -> {});
    assertThat(send(server.url(), Duration.ofMillis(200))).isInstanceOf(PushOutcome.Retry.class);
  }

  @Test
  @DisplayName("that nobody runs is tried again")
  void refusedConnection() {
    server = WebhookServer.start(vertx, status(200));
    URI url = server.url();
    server.close().await();
    assertThat(send(url, Duration.ofSeconds(5))).isInstanceOf(PushOutcome.Retry.class);
  }

  @Test
  @DisplayName("that answers without end is cut off")
  void endlessAnswer() {
    Promise<Void> cut = Promise.promise();
    PushOutcome outcome =
        send(
            request -> {
              request.response().setChunked(true).setStatusCode(200);
              request.response().exceptionHandler(gone -> cut.tryComplete());
              request.response().closeHandler(gone -> cut.tryComplete());
              pour(request);
            });
    assertThat(outcome).isEqualTo(new PushOutcome.Delivered());
    cut.future().timeout(20, TimeUnit.SECONDS).await();
  }

  private void pour(HttpServerRequest request) {
    request
        .response()
        .write(Buffer.buffer(new byte[8192]))
        .onSuccess(written -> vertx.runOnContext(next -> pour(request)));
  }
}
