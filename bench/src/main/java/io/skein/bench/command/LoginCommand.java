package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Login;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "login", description = "Users with tokens connect and leave.")
final class LoginCommand extends LoadCommand {
  @Option(
      names = "--people",
      defaultValue = "500",
      description = "Users who take turns (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--at-once",
      defaultValue = "16",
      description = "Who connect at the same time (default: ${DEFAULT-VALUE}).")
  private int atOnce;

  @Override
  Scenario scenario(Stage stage) {
    return new Login(stage, new Login.Plan(people, atOnce));
  }
}
