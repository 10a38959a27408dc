package io.skein.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The program in a process of its own, on the class path of the tests, as a user would start it.
 */
final class SkeinProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;

  private SkeinProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static SkeinProcess start(Path folder, Map<String, String> environment, String... args) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-Dstdout.encoding=UTF-8",
                  "-Dskein.home=" + folder,
                  "--add-modules=java.se",
                  "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                  "--add-opens=java.base/java.lang=ALL-UNNAMED",
                  "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                  "--add-opens=java.management/sun.management=ALL-UNNAMED",
                  "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.skein.node.Main"));
      command.addAll(List.of(args));
      Path output = Files.createTempFile(folder, "output", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SKEIN_"));
      builder.environment().putAll(environment);
      return new SkeinProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed this. */
  SkeinProcess await(String text) {
    Awaitility.await()
        .atMost(LONGEST_START)
        .until(() -> output().contains(text) || !process.isAlive());
    if (!output().contains(text)) {
      throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
    }
    return this;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line that contains all of this, without the spaces around it. */
  String line(String part) {
    return output().lines().filter(line -> line.contains(part)).findFirst().orElseThrow().strip();
  }

  long pid() {
    return process.pid();
  }

  /** {@code kill -SIGNAL}, as from a shell. */
  void signal(String signal) throws IOException, InterruptedException {
    shell("kill -" + signal + " " + process.pid());
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs:\n" + output());
    }
    return process.exitValue();
  }

  /** What a shell prints for this line, errors included. */
  static String shell(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    shell.getOutputStream().close();
    String text = new String(shell.getInputStream().readAllBytes(), UTF_8);
    shell.waitFor();
    return text;
  }

  static boolean hasProgram(String name) throws IOException, InterruptedException {
    return !shell("command -v " + name).isBlank();
  }

  /** Processes that name this folder in their command line, or work in it. */
  static List<Long> running(Path folder) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid).filter(pid -> belongs(pid, folder.toString())).toList();
    }
  }

  private static boolean belongs(long pid, String folder) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      return Files.readString(proc.resolve("cmdline"), ISO_8859_1).contains(folder)
          || Files.readSymbolicLink(proc.resolve("cwd")).toString().startsWith(folder);
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
