package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "api", description = "Call any method.")
final class ApiCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("api is not there yet", "it is being written", "");
  }
}
