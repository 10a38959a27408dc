package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Group;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "group", description = "A group whose members are all connected.")
final class GroupCommand extends LoadCommand {
  @Option(
      names = "--members",
      defaultValue = "100",
      description = "Members, all connected (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--outstanding",
      defaultValue = "10",
      description = "Messages under way at a time (default: ${DEFAULT-VALUE}).")
  private int outstanding;

  @Option(
      names = "--bytes",
      defaultValue = "200",
      description = "Length of a text (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Override
  Scenario scenario(Stage stage) {
    return new Group(stage, new Group.Plan(members, outstanding, bytes));
  }
}
