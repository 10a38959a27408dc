package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "chat", description = "Chat in the terminal.")
final class ChatCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("chat is not there yet", "it is being written", "");
  }
}
