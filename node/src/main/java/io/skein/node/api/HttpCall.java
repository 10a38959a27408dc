package io.skein.node.api;

import io.skein.node.problem.Problem;
import io.skein.protocol.MethodInfo;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** One call through the HTTP door. */
public final class HttpCall {
  private static final Duration CONNECT_TIME_OUT = Duration.ofSeconds(5);
  private static final Duration TIME_OUT = Duration.ofSeconds(30);

  private final String url;
  private final Optional<String> token;
  private final Optional<String> onBehalfOf;

  /**
   * Prepares calls.
   *
   * @param url of the door, {@code http://127.0.0.1:8080}
   * @param token empty: as nobody
   * @param onBehalfOf with a service token: the user to act for
   */
  public HttpCall(String url, Optional<String> token, Optional<String> onBehalfOf) {
    this.url = url;
    this.token = token;
    this.onBehalfOf = onBehalfOf;
  }

  /**
   * Calls and waits for the answer.
   *
   * @param json of the request; may be wrong, then the server says so
   * @return the reply
   * @throws Problem with the server's own words if it refuses, or if it cannot be reached
   */
  public JsonObject call(MethodInfo method, String json) {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_TIME_OUT).build()) {
      HttpResponse<String> response = client.send(request(method, json), BodyHandlers.ofString());
      JsonObject body = new JsonObject(response.body());
      if (response.statusCode() == 200) {
        return body;
      }
      throw refused(method, response.statusCode(), body.getJsonObject("error", new JsonObject()));
    } catch (DecodeException e) {
      throw new Problem(
          url + " does not answer as Skein does", "its answer is no JSON", "check --url", e);
    } catch (IOException e) {
      throw new Problem(
          "cannot reach " + url,
          e.getMessage() == null ? "nobody listens there" : e.getMessage(),
          "start ./skein dev, or name another server with --url",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem("interrupted", "", "", e);
    }
  }

  private HttpRequest request(MethodInfo method, String json) {
    URI uri;
    try {
      uri = URI.create(url + "/v1/" + method.name().replace('.', '/'));
    } catch (IllegalArgumentException e) {
      throw new Problem("--url is no address", e.getMessage(), "write http://host:port", e);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIME_OUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    token.ifPresent(jwt -> request.header("Authorization", "Bearer " + jwt));
    onBehalfOf.ifPresent(user -> request.header("Skein-On-Behalf-Of", user));
    return request.build();
  }

  private Problem refused(MethodInfo method, int status, JsonObject error) {
    String code = error.getString("code", "HTTP " + status);
    String field = error.getString("field", "");
    String remedy =
        switch (code) {
          case "unauthenticated", "token_expired" ->
              "say who you are: --as alice (in dev mode), or --token JWT";
          case "invalid_argument", "unimplemented" ->
              "see ./skein api " + method.name() + " --help";
          default -> error.getBoolean("retryable", false) ? "try again" : "";
        };
    return new Problem(
        method.name() + " answered " + code,
        error.getString("message", "") + (field.isEmpty() ? "" : " (field " + field + ")"),
        remedy);
  }
}
