package io.skein.bench.command;

import io.skein.bench.LoadException;
import io.skein.bench.command.Surroundings.LocalServer;
import io.skein.bench.limits.Yardstick;
import io.skein.bench.report.HtmlReport;
import io.skein.bench.report.Report;
import io.skein.bench.report.ReportCodec;
import io.skein.bench.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How often and how long something is measured, and where the figures go. */
final class RunOptions {
  private static final Duration EACH_LIMIT = Duration.ofSeconds(1);
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Option(names = "--runs", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long a run is measured (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds before, that do not count (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--limits",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Whether to measure, before each run, what machine and database allow (default).")
  private boolean limits;

  @Option(
      names = "--postgres",
      paramLabel = "URI",
      defaultValue = "${env:SKEIN_POSTGRES_URI}",
      description =
          "The server's database, for its limits: postgresql://user:password@host:port/database"
              + " (default: that of the dev mode, else $SKEIN_POSTGRES_URI).")
  private String postgres;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write all figures for programs; - prints them instead of the table.")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots.")
  private Path html;

  int runs() {
    return Math.max(1, runs);
  }

  Duration measured() {
    return duration(seconds);
  }

  Duration warmUp() {
    return duration(warmUp);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  boolean limits() {
    return limits;
  }

  Yardstick yardstick(Optional<LocalServer> local) {
    Optional<String> database =
        local
            .flatMap(LocalServer::postgres)
            .or(() -> Optional.ofNullable(postgres).filter(uri -> !uri.isBlank()));
    Path folder =
        local.map(LocalServer::data).orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    return new Yardstick(database, folder, EACH_LIMIT);
  }

  boolean printsJson() {
    return STANDARD_OUTPUT.equals(json);
  }

  /** Prints the table, or JSON in its place, and writes the files that were asked for. */
  void publish(Report report, PrintWriter out) {
    try {
      if (printsJson()) {
        out.print(ReportCodec.write(report));
      } else {
        new TextReport(report).print(out);
        if (json != null) {
          Files.writeString(json, ReportCodec.write(report));
        }
      }
      if (html != null) {
        Files.writeString(html, new HtmlReport(report).text());
      }
    } catch (IOException e) {
      throw new LoadException("the figures cannot be written: " + e, e);
    }
    out.flush();
  }
}
