package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Scenario;
import io.skein.bench.scenario.Sync;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sync",
    description = "A user who missed messages comes back: from connecting to the last entry.")
final class SyncCommand extends LoadCommand {
  @Option(
      names = "--missed",
      defaultValue = "1000",
      description = "Missed entries (default: ${DEFAULT-VALUE}).")
  private int missed;

  @Option(
      names = "--conversations",
      defaultValue = "10",
      description = "In so many conversations (default: ${DEFAULT-VALUE}).")
  private int conversations;

  @Override
  Scenario scenario(Stage stage) {
    return new Sync(stage, new Sync.Plan(missed, conversations));
  }
}
