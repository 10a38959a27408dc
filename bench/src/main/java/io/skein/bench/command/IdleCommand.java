package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Idle;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "idle",
    description = "Connections that do nothing: what each costs the server in memory.")
final class IdleCommand extends LoadCommand {
  @Option(
      names = "--connections",
      defaultValue = "2000",
      description = "How many each run adds to those before (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Override
  Scenario scenario(Stage stage) {
    return new Idle(stage, connections);
  }
}
