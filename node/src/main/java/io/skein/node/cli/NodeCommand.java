package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "node", description = "Run one node of a cluster.")
final class NodeCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("node is not there yet", "it is being written", "");
  }
}
