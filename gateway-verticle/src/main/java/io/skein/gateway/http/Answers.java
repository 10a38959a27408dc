package io.skein.gateway.http;

import io.skein.gateway.wire.JsonBodies;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the answers of the HTTP door. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String JSON = "application/json";
  private static final int OK = 200;

  private Answers() {}

  static void result(HttpServerResponse response, byte[] json) {
    send(response, OK, json);
  }

  /** Answers an error with the HTTP status of its code. */
  static void error(HttpServerResponse response, Error error) {
    ErrorCode code = ErrorCode.ofWord(error.getCode()).orElse(ErrorCode.INTERNAL);
    error(response, code.httpStatus(), error);
  }

  /** Answers an error with a status that HTTP knows better than the code's. */
  static void error(HttpServerResponse response, int status, Error error) {
    if (error.hasRetryAfterMs()) {
      long seconds = Duration.ofMillis(error.getRetryAfterMs()).plusMillis(999).toSeconds();
      response.putHeader("Retry-After", Long.toString(seconds));
    }
    send(response, status, JsonBodies.error(error));
  }

  static void failure(HttpServerResponse response, Throwable failure) {
    if (!(failure instanceof SkeinException)) {
      LOG.error("an HTTP call failed", failure);
    }
    error(response, SkeinException.errorOf(failure));
  }

  private static void send(HttpServerResponse response, int status, byte[] json) {
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(Buffer.buffer(json))
          .onFailure(Answers::clientGone);
    }
  }

  /** Nobody is there to be told. */
  static void clientGone(Throwable failure) {
    LOG.debug("an HTTP client left before its answer: {}", failure.getMessage());
  }
}
