package io.skein.bench.command;

import io.skein.bench.LoadException;
import io.skein.bench.report.Report;
import io.skein.bench.report.Run;
import io.skein.bench.report.Setting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The yardstick alone. */
@Command(
    name = "limits",
    description = "What this machine and the database allow, without the server.")
final class LimitsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    try {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < options.runs(); i++) {
        Run run = new Run();
        options.yardstick(server.local()).measure(run);
        runs.add(run);
      }
      Setting setting =
          new Setting(
              spec.name(),
              Map.of("runs", String.valueOf(options.runs())),
              Describe.machine(),
              Describe.program(server.version()),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      options.publish(new Report(setting, runs), spec.commandLine().getOut());
      return 0;
    } catch (LoadException failed) {
      spec.commandLine().getErr().println("skein: " + failed.getMessage());
      return 1;
    }
  }
}
