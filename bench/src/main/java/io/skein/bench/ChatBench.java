package io.skein.bench;

import io.skein.client.transport.Endpoint;
import io.skein.protocol.SkeinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Pairs of users, one of each sending to the other in a closed loop through the TCP door. Prints
 * acknowledged messages per second, and the times to acknowledgement and to delivery. Ends with 1
 * if the server lost, doubled or refused anything.
 */
@Command(name = "chat", description = "Pairs of users write to each other through the TCP door.")
public final class ChatBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

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
      BenchResult result = run(out);
      result.print(out);
      out.flush();
      return result.isFaultless() ? 0 : 1;
    } catch (IOException | ExecutionException | SkeinException failed) {
      Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
      PrintWriter err = spec.commandLine().getErr();
      err.println("skein: the server at " + server + " cannot be measured");
      err.println("  why:        " + cause.getMessage());
      err.println("  what to do: is it running, and may users register (./skein dev)?");
      err.flush();
      return 1;
    }
  }

  private BenchResult run(PrintWriter out)
      throws IOException, ExecutionException, InterruptedException {
    BenchPlan plan =
        new BenchPlan(
            pairs, window, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), bytes);
    out.printf("Logging in %d users …%n", 2 * pairs);
    out.flush();
    List<BenchUser> people = new BenchUsers(server, users).login(2 * pairs);
    out.printf(
        "%d pairs, window %d, %d-byte texts: %d s of warm-up, then %d s …%n",
        pairs, window, bytes, warmUp, seconds);
    out.flush();
    return new BenchRun(Endpoint.parse(server), plan, people).run();
  }
}
