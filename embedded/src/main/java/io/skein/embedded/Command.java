package io.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A short-lived program that is waited for. */
record Command(List<String> words) {

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** Whether the program exists and says that all is well. */
  boolean succeeds() {
    try {
      return run(Path.of("/"), "").exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs it in the folder, with the text as its standard input.
   *
   * @throws IOException if there is no such program
   */
  Outcome run(Path folder, String input) throws IOException {
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It ended without reading; its exit code tells more than a broken pipe.
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(Waiting.uninterrupted(process::waitFor), output);
  }

  /** What became of it; {@code output} is both of its streams. */
  record Outcome(int exitCode, String output) {}
}
