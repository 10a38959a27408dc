package io.skein.node.cli;

import io.skein.node.problem.Problem;
import picocli.CommandLine.Command;

@Command(name = "doctor", description = "Check this machine.")
final class DoctorCommand implements Runnable {
  @Override
  public void run() {
    throw new Problem("doctor is not there yet", "it is being written", "");
  }
}
