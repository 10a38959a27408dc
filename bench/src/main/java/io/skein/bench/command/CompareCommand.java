package io.skein.bench.command;

import io.skein.bench.report.Comparison;
import io.skein.bench.report.Report;
import io.skein.bench.report.ReportCodec;
import io.skein.bench.report.TextComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two reports side by side. Ends with 1 if something is worse beyond noise. */
@Command(
    name = "compare",
    description = {
      "What has become slower or faster between two reports, beyond the spread of their runs.",
      "Ends with 1 if something is worse."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A file made by --json.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another one.")
  private Path after;

  @Override
  public Integer call() {
    Comparison comparison = new Comparison(read(before), read(after));
    new TextComparison(comparison).print(spec.commandLine().getOut());
    spec.commandLine().getOut().flush();
    return comparison.isWorse() ? 1 : 0;
  }

  private Report read(Path file) {
    try {
      return ReportCodec.read(Files.readString(file));
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), file + " is no report of ours: " + e.getMessage(), e);
    }
  }
}
