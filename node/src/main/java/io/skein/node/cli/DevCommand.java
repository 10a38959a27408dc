package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "dev", description = "Run everything in one process.")
final class DevCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("dev is not there yet", "it is being written", "");
  }
}
