package io.skein.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of load tests: {@code ./skein bench}. */
@Command(
    name = "bench",
    description = {
      "Measure a running server: by default the dev mode that runs.",
      "docs/BENCHMARKS.md says what each load measures."
    },
    subcommands = {
      ChatCommand.class,
      RateCommand.class,
      GroupCommand.class,
      RoomCommand.class,
      MixedCommand.class,
      LoginCommand.class,
      IdleCommand.class,
      SyncCommand.class,
      LimitsCommand.class,
      CompareCommand.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
