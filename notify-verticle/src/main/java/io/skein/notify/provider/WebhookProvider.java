package io.skein.notify.provider;

import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Notification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts notifications to the integrator's own server: see {@code skein/v1/webhook.proto} for body
 * and headers. Redirects are not followed: they would carry a signed body to somebody else.
 */
public final class WebhookProvider implements PushProvider {
  /** Answers are not read, only drained, so that the connection can be used again. */
  private static final int MAX_ANSWER_BYTES = 16_384;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final HttpClient client;
  private final String url;
  private final Duration timeout;
  private final WebhookSignature signature;
  private final Clock clock;

  /**
   * @param url absolute
   * @param timeout from the start of an attempt to the head of its answer
   * @param maxConnections open at the same time; as many attempts may wait for one
   */
  public WebhookProvider(
      Vertx vertx, URI url, String secret, Duration timeout, int maxConnections, Clock clock) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setMaxRedirects(0),
            new PoolOptions().setHttp1MaxSize(maxConnections));
    this.url = url.toString();
    this.timeout = timeout;
    this.signature = new WebhookSignature(secret);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Future<PushOutcome> send(Notification notification) {
    byte[] body = JsonCodec.encode(notification);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return client
        .request(post(notification, timestamp, body))
        .compose(request -> exchange(request, body))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> new PushOutcome.Retry(Optional.empty(), failure.toString()));
  }

  private RequestOptions post(Notification notification, String timestamp, byte[] body) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(url)
        .setFollowRedirects(false)
        .setTimeout(timeout.toMillis())
        .putHeader("Content-Type", "application/json")
        .putHeader("User-Agent", "Skein")
        .putHeader("Skein-Timestamp", timestamp)
        .putHeader("Skein-Signature", signature.of(timestamp, body))
        .putHeader("Skein-Idempotency-Key", notification.getIdempotencyKey());
  }

  private Future<PushOutcome> exchange(HttpClientRequest request, byte[] body) {
    return request
        .send(Buffer.buffer(body))
        .map(
            response -> {
              drain(request, response);
              return outcome(response.statusCode(), response.getHeader("Retry-After"));
            });
  }

  private static void drain(HttpClientRequest request, HttpClientResponse response) {
    AtomicLong seen = new AtomicLong();
    response.exceptionHandler(cutOff -> {});
    response.handler(
        part -> {
          if (seen.addAndGet(part.length()) > MAX_ANSWER_BYTES) {
            request.reset();
          }
        });
  }

  private PushOutcome outcome(int status, String retryAfter) {
    if (status >= 200 && status < 300) {
      return new PushOutcome.Delivered();
    }
    String reason = "the webhook answered " + status;
    if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
      return new PushOutcome.Retry(RetryAfter.parse(retryAfter, clock.instant()), reason);
    }
    return status >= 500
        ? new PushOutcome.Retry(Optional.empty(), reason)
        : new PushOutcome.Rejected(reason);
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
