package io.skein.bench.command;

import io.skein.bench.load.Stage;
import io.skein.bench.scenario.Room;
import io.skein.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "room",
    description = "Signals, which nobody keeps, into a group or channel of connected members.")
final class RoomCommand extends LoadCommand {
  @Option(
      names = "--channel",
      defaultValue = "false",
      description = "Whether it is a channel (default: ${DEFAULT-VALUE}).")
  private boolean channel;

  @Option(
      names = "--members",
      defaultValue = "200",
      description = "Members, all connected (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--senders",
      defaultValue = "20",
      description = "Who sends (default: ${DEFAULT-VALUE}).")
  private int senders;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Signals a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--bytes",
      defaultValue = "100",
      description = "Length of a signal's data (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Override
  Scenario scenario(Stage stage) {
    return new Room(stage, new Room.Plan(channel, members, senders, rate, bytes));
  }
}
