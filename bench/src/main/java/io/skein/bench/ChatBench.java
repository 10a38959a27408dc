package io.skein.bench;

import io.skein.client.transport.Endpoint;
import io.skein.protocol.SkeinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Pairs of users, one of each sending to the other in a closed loop through the TCP door. Prints
 * acknowledged messages per second, and the times to acknowledgement and to delivery, of several
 * runs, beside what the machine allows at the same time. Ends with 1 if the server lost or doubled
 * anything.
 */
@Command(name = "chat", description = "Pairs of users write to each other through the TCP door.")
public final class ChatBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LimitOptions limits;

  @Option(
      names = "--server",
      defaultValue = "tcp://127.0.0.1:7000",
      description = "Where the server is (default: ${DEFAULT-VALUE}).")
  private String server;

  @Option(names = "--pairs", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--window",
      defaultValue = "1",
      description = "Unanswered messages of each sender (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--seconds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds before, that do not count (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--bytes",
      defaultValue = "200",
      description = "Length of a message's text (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Option(
      names = "--users",
      defaultValue = "bench",
      description = "Prefix of the users' ids; they are registered if missing.")
  private String users;

  public static void main(String[] args) {
    System.exit(new CommandLine(new ChatBench()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      return run(out) ? 0 : 1;
    } catch (IOException | ExecutionException | TimeoutException | SkeinException failed) {
      Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
      PrintWriter err = spec.commandLine().getErr();
      err.println("skein: the server at " + server + " cannot be measured");
      err.println("  why:        " + cause.getMessage());
      err.println("  what to do: is it running, and may users register (./skein dev)?");
      err.flush();
      return 1;
    }
  }

  private boolean run(PrintWriter out)
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    PrintWriter progress = limits.json() ? spec.commandLine().getErr() : out;
    BenchPlan plan =
        new BenchPlan(
            pairs, window, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), bytes);
    progress.printf("Logging in %d users …%n", 2 * pairs);
    progress.flush();
    List<BenchUser> people = new BenchUsers(server, users).login(2 * pairs);
    progress.printf(
        "%d runs of %d pairs, window %d, %d-byte texts: %d s of warm-up, then %d s …%n",
        limits.runs(), pairs, window, bytes, warmUp, seconds);
    BenchReport report = new BenchReport();
    boolean faultless = true;
    for (int run = 0; run < limits.runs(); run++) {
      progress.flush();
      limits.measure(report);
      BenchResult result = new BenchRun(Endpoint.parse(server), plan, people).run();
      result.print(progress);
      result.addTo(report);
      faultless &= result.isFaultless();
    }
    progress.flush();
    report.print(out, limits.json());
    out.flush();
    return faultless;
  }
}
