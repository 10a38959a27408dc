package io.skein.node.cli;

import io.skein.node.problem.Problem;
import io.skein.protocol.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains a command line that cannot be understood, with what was probably meant. */
final class Misuse implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String remedy = "see " + command.getCommandSpec().qualifiedName() + " --help";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String typed = unmatched.getUnmatched().getFirst();
      String name = typed.replaceFirst("=.*", "");
      String meant =
          Nearest.of(name, known(command))
              .map(known -> "did you mean " + known + "? Otherwise ")
              .orElse("");
      command.getErr().print(new Problem(what(command, name), "", meant + remedy).text());
    } else {
      command.getErr().print(new Problem(e.getMessage(), "", remedy).text());
    }
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String what(CommandLine command, String typed) {
    String name = command.getCommandSpec().qualifiedName();
    return typed.startsWith("-")
        ? name + " has no option " + typed
        : name + " does not know what to do with '" + typed + "'";
  }

  private static List<String> known(CommandLine command) {
    List<String> names = new ArrayList<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }
}
