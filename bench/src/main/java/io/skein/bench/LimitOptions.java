package io.skein.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Option;

/** The yardstick: what machine and database allow at the moment, whatever the server does. */
final class LimitOptions {
  private static final Duration EACH = Duration.ofSeconds(2);

  @Option(
      names = "--postgres",
      defaultValue = "${env:SKEIN_POSTGRES_URI}",
      description =
          "The server's database, to compare with what it allows:"
              + " postgresql://user:password@host:port/database (default: $SKEIN_POSTGRES_URI)."
              + " Dev mode logs the address of its own.")
  private String postgres;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "How often to measure everything (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--json", description = "Print the figures as one JSON object, nothing else.")
  private boolean json;

  int runs() {
    return Math.max(1, runs);
  }

  boolean json() {
    return json;
  }

  void measure(BenchReport report) throws IOException, TimeoutException {
    EchoLimit.measure(EACH, report);
    Optional<String> database = Optional.ofNullable(postgres).filter(uri -> !uri.isBlank());
    if (database.isPresent()) {
      new InsertLimit(database.get()).measure(EACH, report);
    }
  }
}
