package io.skein.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our program as a process of its own: what the launcher starts, without the launcher. */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration TO_STOP = Duration.ofSeconds(40);

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; what it prints goes to {@code log}, which may grow with every start. */
  static Program start(Path log, List<String> arguments) {
    try {
      Files.createDirectories(log.getParent());
      Process process =
          new ProcessBuilder(command(arguments))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      return new Program(process, log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx192m");
    // Six of them share a machine with the tests: a quick start counts for more than peak speed.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dstdout.encoding=UTF-8");
    command.addAll(List.of(System.getProperty("skein.jvm.options", "").strip().split("\\s+")));
    command.addAll(List.of("-cp", classPath(), "io.skein.node.Main"));
    command.addAll(arguments);
    return command;
  }

  /** The distribution, if it is built; else what this test itself runs with. */
  private static String classPath() {
    Path distribution = Path.of("..", "node", "target", "dist", "lib").toAbsolutePath().normalize();
    return Files.isDirectory(distribution)
        ? distribution + "/*"
        : System.getProperty("java.class.path");
  }

  /** Waits until it has printed this. */
  Program awaitOutput(String text) {
    await(text + " in " + log)
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("it ended early; see " + log + "\n" + lastOutput());
              }
              return output().contains(text);
            });
    return this;
  }

  /** Types a line. */
  void type(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException("it does not read any more; see " + log, gone);
    }
  }

  /** Ends its input, as Ctrl-D does. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** For the message of a failed test. */
  String lastOutput() {
    String all = output();
    return all.substring(Math.max(0, all.length() - 2_000));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and answers the exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; see " + log);
    }
    return process.exitValue();
  }

  /** SIGTERM: it has the time to drain. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException ended) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
