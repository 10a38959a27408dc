package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "token", description = "Make a token of a user.")
final class TokenCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("token is not there yet", "it is being written", "");
  }
}
