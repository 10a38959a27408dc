package io.skein.node.cli;

import io.skein.node.config.Settings;
import io.skein.node.run.StoreStart;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "migrate",
    description = "Bring the tables of the configured services up to date, and end.")
final class MigrateCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ConfigFileOption config;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = config.load(Map.of());
    new StoreStart(settings, out::println).migrateOnly(settings.node().services());
    out.println("The tables are up to date.");
  }
}
