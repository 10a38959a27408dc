package io.skein.bench.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Under what circumstances something is measured. */
final class Describe {
  /** Where the server is and where figures go changes no figure. */
  private static final Set<String> NO_LOAD =
      Set.of(
          "--json",
          "--html",
          "--server",
          "--data",
          "--users",
          "--server-pid",
          "--postgres",
          "--limits",
          "--debug",
          "--help",
          "--version");

  private static final double KIB_PER_GIB = 1024.0 * 1024;

  private Describe() {}

  /** All options that say what to do, given or not. */
  static Map<String, String> load(CommandSpec spec) {
    Map<String, String> load = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      Object value = option.getValue();
      if (!NO_LOAD.contains(name) && value != null) {
        load.put(name.substring(2), String.valueOf(value).toLowerCase(java.util.Locale.ROOT));
      }
    }
    return load;
  }

  static Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    find("/proc/cpuinfo", "model name").ifPresent(model -> machine.put("model", model));
    find("/proc/meminfo", "MemTotal")
        .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / KIB_PER_GIB)
        .ifPresent(gib -> machine.put("memory", "%.1f GiB".formatted(gib)));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("java", Runtime.version().toString());
    return machine;
  }

  private static Optional<String> find(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }

  /**
   * {@code version} of the program that measures; and its commit, if it was built where it lies.
   */
  static Map<String, String> program(String version) {
    Map<String, String> program = new LinkedHashMap<>();
    program.put("version", version);
    String home = Optional.ofNullable(System.getProperty("skein.home")).orElse(".");
    run(List.of("git", "-C", home, "describe", "--always", "--dirty", "--exclude=*"))
        .ifPresent(commit -> program.put("commit", commit));
    return program;
  }

  private static Optional<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(text)
          : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
