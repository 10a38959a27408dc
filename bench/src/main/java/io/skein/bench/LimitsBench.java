package io.skein.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The yardstick alone. */
@Command(
    name = "limits",
    description = "What this machine and the database allow, without the server.")
public final class LimitsBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws IOException, TimeoutException {
    PrintWriter out = spec.commandLine().getOut();
    BenchReport report = new BenchReport();
    for (int run = 0; run < limits.runs(); run++) {
      limits.measure(report);
    }
    report.print(out, limits.json());
    out.flush();
    return 0;
  }
}
