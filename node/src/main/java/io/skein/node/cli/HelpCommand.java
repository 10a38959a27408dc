package io.skein.node.cli;

import io.skein.node.problem.Problem;
import io.skein.protocol.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Explain a command: ./skein help token.")
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..*")
  private List<String> words = List.of();

  @Override
  public void run() {
    CommandLine explained = spec.commandLine().getParent();
    for (String word : words) {
      CommandLine next = explained.getSubcommands().get(word);
      if (next == null) {
        String meant =
            Nearest.of(word, explained.getSubcommands().keySet())
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
        throw new Problem("there is no command " + word, "", meant + "See ./skein help");
      }
      explained = next;
    }
    explained.usage(spec.commandLine().getOut());
  }
}
