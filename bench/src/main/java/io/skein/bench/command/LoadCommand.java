package io.skein.bench.command;

import io.skein.bench.LoadException;
import io.skein.bench.limits.Yardstick;
import io.skein.bench.load.Stage;
import io.skein.bench.measure.ProcFiles;
import io.skein.bench.report.Report;
import io.skein.bench.report.Run;
import io.skein.bench.report.Setting;
import io.skein.bench.scenario.Scenario;
import io.skein.bench.wire.Door;
import io.skein.bench.wire.LoadLoop;
import io.skein.bench.wire.Sources;
import io.skein.protocol.SkeinException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays a load some times and publishes its figures. Ends with 1 if the server broke a promise. */
abstract class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private RunOptions options;

  /** The load as the options want it. */
  abstract Scenario scenario(Stage stage);

  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Report report = play();
      options.publish(report, out);
      return report.isFaultless() ? 0 : 1;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    } catch (LoadException | SkeinException failed) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("skein: the load '" + spec.name() + "' cannot go on");
      err.println("  why:        " + failed.getMessage());
      err.println(
          "  what to do: is the server running, and may users register (./skein dev)?"
              + " Its log may say more.");
      if (Boolean.getBoolean("skein.bench.trace")) {
        failed.printStackTrace(err);
      }
      err.flush();
      return 1;
    }
  }

  private Report play() throws InterruptedException {
    Door door = server.door();
    ProcFiles proc = new ProcFiles();
    try (LoadLoop loop = new LoadLoop()) {
      Stage stage =
          new Stage(
              loop,
              door,
              Sources.of(door),
              server.accounts(),
              proc,
              server.parties(proc),
              options.warmUp(),
              options.measured(),
              this::say);
      try (Scenario scenario = scenario(stage)) {
        say("Getting users ready for " + spec.name() + " at " + door + " …");
        scenario.prepare();
        List<Run> runs = new ArrayList<>();
        for (int i = 1; i <= options.runs(); i++) {
          say("Run " + i + " of " + options.runs() + " …");
          runs.add(once(scenario));
        }
        return report(runs);
      }
    }
  }

  private Run once(Scenario scenario) throws InterruptedException {
    Run run = new Run();
    if (options.limits()) {
      options.yardstick(server.local()).measure(run);
    }
    scenario.play(run);
    scenario.comparable().ifPresent(figure -> Yardstick.compare(figure, run));
    return run;
  }

  private Report report(List<Run> runs) {
    return new Report(
        new Setting(
            spec.name(),
            Describe.load(spec),
            Describe.machine(),
            Describe.program(server.version()),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
        runs);
  }

  private void say(String line) {
    PrintWriter progress =
        options.printsJson() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    progress.println(line);
    progress.flush();
  }
}
