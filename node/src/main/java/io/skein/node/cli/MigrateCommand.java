package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "migrate", description = "Bring the tables up to date.")
final class MigrateCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("migrate is not there yet", "it is being written", "");
  }
}
