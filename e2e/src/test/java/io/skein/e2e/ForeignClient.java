package io.skein.e2e;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Somebody who writes and reads one JSON object a line, and shares no code with us. */
final class ForeignClient implements AutoCloseable {

  /** Ends whatever carries the lines. */
  interface Ending {
    void end() throws IOException;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OutputStream out;
  private final Ending ending;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
  private int lastId;

  ForeignClient(InputStream in, OutputStream out, Ending ending) {
    this.out = out;
    this.ending = ending;
    Thread reader = new Thread(() -> read(in), "foreign client");
    reader.setDaemon(true);
    reader.start();
  }

  /** Over a socket, after the preamble of the TCP door. */
  static ForeignClient jsonLines(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    ForeignClient client =
        new ForeignClient(socket.getInputStream(), socket.getOutputStream(), socket::close);
    client.write("SKEIN/1 json");
    return client;
  }

  /** A program whose input is sent and whose output is what arrives. */
  static ForeignClient of(Process process) {
    return new ForeignClient(
        process.getInputStream(), process.getOutputStream(), process::destroyForcibly);
  }

  private void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(this::received);
    } catch (IOException | UncheckedIOException closed) {
      // The test looks at what came before.
    }
  }

  private void received(String line) {
    lines.add(line);
    if (line.startsWith("{")) {
      frames.add(new JsonObject(line));
    }
  }

  void write(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Calls and waits for the whole answer: with "result" or with "error". */
  JsonObject call(String method, JsonObject params) throws IOException {
    return answer(send(method, params));
  }

  /** Calls without waiting; answers the id. */
  int send(String method, JsonObject params) throws IOException {
    int id = ++lastId;
    write(new JsonObject().put("id", id).put("method", method).put("params", params).encode());
    return id;
  }

  JsonObject answer(int id) {
    return await(answer -> answer.getInteger("id", 0) == id);
  }

  /** Calls again as long as there were too many calls. */
  JsonObject callUntilAdmitted(String method, JsonObject params) {
    return Awaitility.await("admitted")
        .atMost(PATIENCE)
        .until(
            () -> call(method, params),
            reply ->
                !reply.containsKey("error")
                    || !reply.getJsonObject("error").getString("code").equals("rate_limited"));
  }

  /** Answers the session. */
  JsonObject connect(String token) throws IOException {
    JsonObject device = new JsonObject().put("id", "device-1").put("platform", "linux");
    return call("connect", new JsonObject().put("token", token).put("device", device))
        .getJsonObject("result");
  }

  /** Waits for a push. */
  JsonObject event(String kind) {
    return await(push -> kind.equals(push.getString("event"))).getJsonObject("data");
  }

  JsonObject await(Predicate<JsonObject> wanted) {
    return Awaitility.await("the frame")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> frames.stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    ending.end();
  }
}
