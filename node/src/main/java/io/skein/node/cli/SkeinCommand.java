package io.skein.node.cli;

import io.skein.bench.command.BenchCommand;
import io.skein.bench.command.BenchFactory;
import io.skein.node.bench.DevSurroundings;
import io.skein.node.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line: {@code ./skein COMMAND}. */
@Command(
    name = "./skein",
    description = "An instant-messaging backend.%n",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    subcommands = {
      DevCommand.class,
      ChatCommand.class,
      ApiCommand.class,
      TokenCommand.class,
      AdminCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      NodeCommand.class,
      ConfigCommand.class,
      MigrateCommand.class,
      DoctorCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Also, without the program: ./skein build, ./skein test.",
      "Start with ./skein dev; every command explains itself with --help."
    })
public final class SkeinCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of what goes wrong.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this command.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the option only
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the option only
  private boolean version;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  boolean debug() {
    return debug;
  }

  /** Runs a command to its end and returns the exit code of the process. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    var root = new SkeinCommand();
    var surroundings = new DevSurroundings(Version.number(), ProjectFolder.data());
    return new CommandLine(root, new BenchFactory(surroundings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(SkeinCommand::execute)
        .setExecutionExceptionHandler(new Failures(root::debug))
        .setParameterExceptionHandler(new Misuse());
  }

  /** As usual, but {@code api METHOD --help} explains the method instead of the command. */
  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.isUsageHelpRequested()
        && last.commandSpec().userObject() instanceof ApiCommand api
        && api.namesMethod()) {
      try {
        api.explain(last.commandSpec().commandLine().getOut());
        return ExitCode.OK;
      } catch (Problem problem) {
        throw new ExecutionException(last.commandSpec().commandLine(), problem.what(), problem);
      }
    }
    return new RunLast().execute(parsed);
  }
}
