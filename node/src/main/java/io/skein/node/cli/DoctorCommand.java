package io.skein.node.cli;

import io.skein.node.doctor.Doctor;
import io.skein.node.doctor.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Check Java, memory, limits, ports, Postgres, Redis and cluster, and say what to do.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFileOption config;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings =
        new Doctor(config.load(Map.of()), config.file(), ProjectFolder.data()).examine();
    findings.forEach(finding -> out.println(finding.text()));
    boolean bad = findings.stream().anyMatch(finding -> finding.mark() == Finding.Mark.BAD);
    out.println();
    out.println(bad ? "Not everything is well: see the arrows." : "All is well.");
    out.flush();
    return bad ? 1 : 0;
  }
}
