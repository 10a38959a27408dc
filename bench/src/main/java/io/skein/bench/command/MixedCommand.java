package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Mixed;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "mixed",
    description = "A day's mix: 70 % direct messages, 25 % to groups, 3 % reads, 2 % typing.")
final class MixedCommand extends LoadCommand {
  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "Actions a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--people",
      defaultValue = "200",
      description = "Users, all connected (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--group-size",
      defaultValue = "20",
      description = "Members of each group (default: ${DEFAULT-VALUE}).")
  private int groupSize;

  @Option(
      names = "--bytes",
      defaultValue = "200",
      description = "Length of a text (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Override
  Scenario scenario(Stage stage) {
    return new Mixed(stage, new Mixed.Plan(people, groupSize, rate, bytes));
  }
}
