package io.skein.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** A JVM of its own that runs both servers, to be killed. */
final class StoresProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private PostgresAddress postgres;
  private RedisAddress redis;

  private StoresProcess(Process process) {
    this.process = process;
  }

  static StoresProcess start(Path folder) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), folder);
  }

  /** Waits until both servers are ready, or the process has ended. */
  static StoresProcess start(List<String> prefix, String classPath, Path folder)
      throws IOException {
    var words = new ArrayList<>(prefix);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            StoresProcess.class.getName(),
            folder.toString()));
    var stores =
        new StoresProcess(
            new ProcessBuilder(words).directory(new File("/")).redirectErrorStream(true).start());
    stores.awaitReady();
    return stores;
  }

  private void awaitReady() throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.add(line);
      if (line.startsWith(READY)) {
        var words = new Scanner(line.substring(READY.length()));
        postgres =
            new PostgresAddress("127.0.0.1", words.nextInt(), "skein", "skein", words.next());
        redis = new RedisAddress("127.0.0.1", words.nextInt(), words.next(), 0);
        return;
      }
    }
  }

  PostgresAddress postgres() {
    return postgres;
  }

  RedisAddress redis() {
    return redis;
  }

  /** What it printed until it was ready, or ended. */
  String output() {
    return String.join("\n", output);
  }

  long pid() {
    return process.pid();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it stop its servers; returns its exit code. */
  int finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    try (var stores = EmbeddedStores.start(Path.of(arguments[0]), StoresProcess::print)) {
      PostgresAddress postgres = stores.postgres();
      RedisAddress redis = stores.redis();
      print(
          READY
              + "%d %s %d %s"
                  .formatted(postgres.port(), postgres.password(), redis.port(), redis.password()));
      while (System.in.read() >= 0) {
        // Runs until its standard input is closed.
      }
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
