package io.skein.node.cli;

import io.skein.node.dev.DevMode;
import io.skein.node.log.Logs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "dev",
    description = {
      "Run everything in one process, with a Postgres and a Redis of its own, and people to talk to.",
      "Insecure: for your own machine only."
    })
final class DevCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data is kept (by default ./data).")
  private Path data = ProjectFolder.data();

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "HTTP and WebSocket, 8080; 0: a free one.")
  private Integer httpPort;

  @Option(names = "--tcp-port", paramLabel = "N", description = "TCP, 7000; 0: a free one.")
  private Integer tcpPort;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      description = "Metrics and health, 9000; 0: a free one.")
  private Integer managementPort;

  @Option(names = "--verbose", description = "Show what the services log.")
  private boolean verbose;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (verbose) {
      Logs.pretty();
    } else {
      Logs.quiet();
    }
    Foreground.run(
        out,
        teardown ->
            new DevMode(
                    data,
                    System.getenv(),
                    overrides(),
                    teardown,
                    line -> Foreground.print(out, line))
                .start(Version.number()));
  }

  private Map<String, String> overrides() {
    Map<String, String> values = new TreeMap<>();
    put(values, "gateway.http-port", httpPort);
    put(values, "gateway.tcp-port", tcpPort);
    put(values, "management.port", managementPort);
    return values;
  }

  private static void put(Map<String, String> values, String key, Integer port) {
    if (port != null) {
      values.put(key, port.toString());
    }
  }
}
