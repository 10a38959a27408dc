package io.skein.node.cli;

import io.skein.embedded.EmbeddedStoreException;
import io.skein.node.problem.Problem;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person why a command ended early. */
final class Failures implements IExecutionExceptionHandler {
  private static final int FAILED = 1;

  private final BooleanSupplier debug;

  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    command.getErr().print(text(e));
    if (debug.getAsBoolean()) {
      e.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return FAILED;
  }

  private static String text(Exception e) {
    return switch (e) {
      case Problem problem -> problem.text();
      case EmbeddedStoreException store -> "skein: " + store.getMessage() + "\n";
      default ->
          new Problem(
                  "unexpectedly, this did not work",
                  e.toString(),
                  "run it again with --debug, and report what it prints")
              .text();
    };
  }
}
