package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "admin", description = "For administrators.")
final class AdminCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("admin is not there yet", "it is being written", "");
  }
}
