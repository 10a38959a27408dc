package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Rate;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rate",
    description =
        "So many messages a second, whatever becomes of them; latency counts from when they were due.")
final class RateCommand extends LoadCommand {
  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Messages a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--pairs",
      defaultValue = "100",
      description = "Writers; each has a reader (default: ${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--bytes",
      defaultValue = "200",
      description = "Length of a text (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Override
  Scenario scenario(Stage stage) {
    return new Rate(stage, new Rate.Plan(pairs, rate, bytes));
  }
}
