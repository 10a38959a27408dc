package io.skein.node.cli;

import io.skein.node.problem.Problem;
import io.skein.session.token.IssuedToken;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "admin", description = "For your own backends.")
final class AdminCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "token",
      description = {
        "Make a service token, with which a backend may call methods for users.",
        "It cannot be taken back other than by taking its key away: keep it like a password."
      })
  void token(
      @Mixin SigningOptions signing,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "Names the backend, for logs.")
          String name,
      @Option(
              names = "--scopes",
              required = true,
              split = ",",
              paramLabel = "SERVICE",
              description = "What it may call: messages,accounts, or * for everything.")
          List<String> scopes,
      @Option(
              names = "--ttl",
              defaultValue = "365d",
              converter = DurationConverter.class,
              description = "How long it is good (default: ${DEFAULT-VALUE}).")
          Duration ttl) {
    try {
      IssuedToken issued = signing.issuer().forService(name, scopes, ttl);
      spec.commandLine().getOut().println(issued.token());
      spec.commandLine().getErr().println("good until " + issued.expiresAt());
    } catch (IllegalArgumentException e) {
      throw new Problem(
          "there is no such token", e.getMessage(), "see ./skein admin token --help", e);
    }
  }
}
