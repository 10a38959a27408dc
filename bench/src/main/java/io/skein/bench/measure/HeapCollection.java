package io.skein.bench.measure;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks Java processes to collect their garbage, so that what they hold is what they need. */
public final class HeapCollection {
  private static final long PATIENCE_SECONDS = 30;

  private static final OptionalDouble NOTHING = OptionalDouble.empty();
  private static final Pattern USED = Pattern.compile("total.* used (\\d+)K");

  private HeapCollection() {}

  /** False if one of them could not be asked: not Java, of another user, or no JDK here. */
  public static boolean ask(Party party) {
    boolean done = !party.pids().isEmpty();
    for (long pid : party.pids()) {
      done &= ask(pid);
    }
    return done;
  }

  private static boolean ask(long pid) {
    return jcmd(pid, "GC.run").isPresent();
  }

  /** What is in use of their heaps, in KiB; empty: unknown. */
  public static OptionalDouble usedKib(Party party) {
    double sum = 0;
    for (long pid : party.pids()) {
      OptionalDouble used = jcmd(pid, "GC.heap_info").map(HeapCollection::parse).orElse(NOTHING);
      if (used.isEmpty()) {
        return NOTHING;
      }
      sum += used.getAsDouble();
    }
    return sum == 0 ? NOTHING : OptionalDouble.of(sum);
  }

  /** Of G1 and of the parallel and serial collectors, which name each part of the heap. */
  static OptionalDouble parse(String text) {
    return text.lines()
        .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
        .map(USED::matcher)
        .filter(Matcher::find)
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .reduce(Double::sum);
  }

  private static Optional<String> jcmd(long pid, String command) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(program.toString(), Long.toString(pid), command)
              .redirectError(Redirect.DISCARD)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done =
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return done ? Optional.of(text) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
