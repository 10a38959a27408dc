package io.skein.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The export of a user from the command line")
class ExportCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private boolean refuses;

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
  @DisplayName("writes the lines of all pages of all services, and nothing else, to its output")
  void pages() {
    assertThat(run("--token", "jwt")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"kind\":\"accounts 0\"}",
            "{\"kind\":\"accounts 1\"}",
            "{\"kind\":\"accounts 2\"}",
            "{\"kind\":\"contacts 0\"}",
            "{\"kind\":\"contacts 1\"}",
            "{\"kind\":\"contacts 2\"}",
            "{\"kind\":\"conversations 0\"}",
            "{\"kind\":\"conversations 1\"}",
            "{\"kind\":\"conversations 2\"}");
    assertThat(seen)
        .hasSize(9)
        .allMatch(call -> call.contains("Bearer jwt alice"))
        .element(7)
        .asString()
        .isEqualTo("/v1/conversations/export Bearer jwt alice {\"cursor\":\"1\",\"limit\":7}");
    assertThat(err.toString()).contains("accounts.export: 3 lines");
  }

  @Test
  @DisplayName("makes a token of the user itself where it has the key")
  void ownToken() throws IOException {
    Files.writeString(folder.resolve("signing.key"), "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aRd");
    assertThat(run("--data", folder.toString())).isZero();
    assertThat(seen).hasSize(9).allMatch(call -> call.contains("Bearer eyJ"));
  }

  @Test
  @DisplayName("fails, in the server's words, when the server refuses")
  void refused() {
    refuses = true;
    assertThat(run("--token", "jwt")).isEqualTo(1);
    assertThat(err.toString()).contains("accounts.export answered permission_denied", "no scope");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @DisplayName("fails when its output cannot be written, instead of ending half-way in silence")
  void fullDisk() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    assertThat(run(new PrintWriter(full), "--token", "jwt")).isEqualTo(1);
    assertThat(err.toString()).contains("the export is not complete");
  }

  private int run(String... more) {
    return run(new PrintWriter(out, true), more);
  }

  private int run(PrintWriter to, String... more) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    List<String> words = new ArrayList<>(List.of("export", "alice", "--page", "7", "--url", url));
    words.addAll(List.of(more));
    return SkeinCommand.commandLine()
        .setOut(to)
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  /** Three pages of one line each. */
  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath();
    seen.add(
        "%s %s %s %s"
            .formatted(
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Skein-On-Behalf-Of"),
                body));
    String cursor = new JsonObject(body).getString("cursor");
    int page = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    JsonObject line = new JsonObject().put("kind", path.split("/", -1)[2] + " " + page);
    JsonObject answer =
        refuses
            ? new JsonObject()
                .put(
                    "error",
                    new JsonObject().put("code", "permission_denied").put("message", "no scope"))
            : new JsonObject()
                .put("lines", new JsonArray().add(line))
                .put("cursor", page < 2 ? String.valueOf(page + 1) : "")
                .put("more", page < 2);
    byte[] bytes = answer.encode().getBytes(UTF_8);
    exchange.sendResponseHeaders(refuses ? 403 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
