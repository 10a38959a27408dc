package io.skein.e2e;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Somebody who writes and reads one JSON object a line, and shares no code with us. */
final class ForeignClient implements AutoCloseable {

  /** Ends whatever carries the lines. */
  interface Ending {
    void end() throws IOException;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final OutputStream out;
  private final Ending ending;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private int lastId;

  ForeignClient(InputStream in, OutputStream out, Ending ending) {
    this.out = out;
    this.ending = ending;
    Thread reader = new Thread(() -> read(in), "foreign client");
    reader.setDaemon(true);
    reader.start();
  }

  /** A program whose input is sent and whose output is what arrives. */
  static ForeignClient of(Process process) {
    return new ForeignClient(
        process.getInputStream(), process.getOutputStream(), process::destroyForcibly);
  }

  private void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException closed) {
      // The test looks at what came before.
    }
  }

  void write(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Calls and waits for the whole answer: with "result" or with "error". */
  JsonObject call(String method, JsonObject params) throws IOException {
    int id = ++lastId;
    write(new JsonObject().put("id", id).put("method", method).put("params", params).encode());
    return await(answer -> answer.getInteger("id", 0) == id);
  }

  /** Waits for a push. */
  JsonObject event(String kind) {
    return await(push -> kind.equals(push.getString("event"))).getJsonObject("data");
  }

  JsonObject await(Predicate<JsonObject> wanted) {
    return Awaitility.await("the frame")
        .atMost(PATIENCE)
        .until(
            () ->
                lines.stream()
                    .filter(line -> line.startsWith("{"))
                    .map(JsonObject::new)
                    .filter(wanted)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    ending.end();
  }
}
