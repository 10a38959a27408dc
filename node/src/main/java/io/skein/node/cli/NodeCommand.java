package io.skein.node.cli;

import io.skein.node.config.SecretCheck;
import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.node.config.TokenConfigs;
import io.skein.node.log.Logs;
import io.skein.node.run.NodePlan;
import io.skein.node.run.RunningNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "node",
    description = "Run one node of a cluster, with the services you name, until SIGTERM.")
final class NodeCommand implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(NodeCommand.class);

  @Spec private CommandSpec spec;
  @Mixin private ConfigFileOption config;

  @Option(
      names = "--services",
      split = ",",
      paramLabel = "SERVICE",
      description = "Any of gateway, session, message, presence, notify (default: node.services).")
  private Set<Service> services;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = config.load(Map.of());
    SecretCheck.check(settings);
    Logs.configure(settings.log());
    NodePlan plan =
        new NodePlan(
            settings,
            config.file(),
            services == null ? settings.node().services() : services,
            TokenConfigs.of(settings.tokens()),
            Version.number(),
            false);
    Foreground.run(
        out,
        teardown -> {
          RunningNode.start(plan, teardown, log::info).ready();
          return "";
        });
  }
}
