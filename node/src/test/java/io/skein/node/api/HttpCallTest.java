package io.skein.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.skein.node.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call through the HTTP door")
class HttpCallTest {
  private HttpServer server;
  private String seen;
  private int status = 200;
  private String answer = "{\"seq\":1}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName("posts to the method's path with the token, and gives the reply")
  void call() {
    assertThat(calling("jwt").call(MethodSchemaTest.method("messages.send"), "{\"a\":1}"))
        .containsExactly(java.util.Map.entry("seq", 1));
    assertThat(seen).isEqualTo("POST /v1/messages/send Bearer jwt bob {\"a\":1}");
  }

  @Test
  @DisplayName("the server's error is told in its words, with what to do")
  void refused() {
    status = 401;
    answer = "{\"error\":{\"code\":\"unauthenticated\",\"message\":\"no token\"}}";
    assertThatThrownBy(() -> calling("x").call(MethodSchemaTest.method("messages.send"), "{}"))
        .asInstanceOf(type(Problem.class))
        .satisfies(
            problem -> {
              assertThat(problem.what()).isEqualTo("messages.send answered unauthenticated");
              assertThat(problem.why()).isEqualTo("no token");
              assertThat(problem.remedy()).contains("--as alice");
            });
  }

  @Test
  @DisplayName("what is not Skein, and nobody at all, are told as such")
  void notThere() {
    answer = "<html>";
    assertThatThrownBy(() -> calling("x").call(MethodSchemaTest.method("messages.send"), "{}"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no JSON");
    HttpCall call = calling("x");
    server.stop(0);
    assertThatThrownBy(() -> call.call(MethodSchemaTest.method("messages.send"), "{}"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot reach");
  }

  private HttpCall calling(String token) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new HttpCall(url, Optional.of(token), Optional.of("bob"));
  }

  private void handle(HttpExchange exchange) throws IOException {
    seen =
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Skein-On-Behalf-Of"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.sendResponseHeaders(status, answer.length());
    exchange.getResponseBody().write(answer.getBytes(UTF_8));
    exchange.close();
  }
}
