package io.skein.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of load tests: {@code ./skein bench}. */
@Command(
    name = "bench",
    description = "Measure a running server.",
    subcommands = {ChatBench.class, LimitsBench.class})
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
