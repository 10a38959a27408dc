package io.skein.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A running node and the ports that were chosen for it. */
record Node(Program program, int tcpPort, int httpPort, int managementPort)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  Node awaitReady() {
    await("ready at management port " + managementPort)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(this::isReady);
    return this;
  }

  private boolean isReady() throws InterruptedException {
    if (!program.isAlive()) {
      throw new AssertionError("the node ended early:\n" + program.lastOutput());
    }
    URI uri = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  String tcp() {
    return "tcp://127.0.0.1:" + tcpPort;
  }

  String webSocket() {
    return "ws://127.0.0.1:" + httpPort + "/ws";
  }

  URI http(String method) {
    return URI.create("http://127.0.0.1:" + httpPort + "/v1/" + method.replace('.', '/'));
  }

  @Override
  public void close() {
    program.close();
  }
}
