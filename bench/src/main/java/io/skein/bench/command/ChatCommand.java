package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Chat;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "chat",
    description =
        "Pairs of users write to each other, each message after the answer to the one before.")
final class ChatCommand extends LoadCommand {
  @Option(
      names = "--pairs",
      defaultValue = "100",
      description = "Writers; each has a reader (default: ${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--window",
      defaultValue = "1",
      description = "Unanswered messages of each writer (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--bytes",
      defaultValue = "200",
      description = "Length of a text (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Override
  Scenario scenario(Stage stage) {
    return new Chat(stage, new Chat.Plan(pairs, window, bytes));
  }
}
