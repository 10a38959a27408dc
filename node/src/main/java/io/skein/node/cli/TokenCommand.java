package io.skein.node.cli;

import io.skein.node.problem.Problem;
import io.skein.protocol.SkeinException;
import io.skein.session.token.IssuedToken;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    description = {
      "Make a token of a user, for connect and for HTTP.",
      "It is printed alone, so that it can be put into a command: $(./skein token alice)"
    })
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private SigningOptions signing;

  @Parameters(paramLabel = "USER", description = "Who the token is for.")
  private String user;

  @Option(
      names = "--ttl",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How long it is good: 30m, 1h, 7d (default: ${DEFAULT-VALUE}).")
  private Duration ttl;

  @Option(names = "--device", paramLabel = "ID", description = "The only device it is good on.")
  private String device;

  @Override
  public void run() {
    try {
      IssuedToken issued =
          device == null
              ? signing.issuer().forUser(user, ttl)
              : signing.issuer().forDevice(user, device, ttl);
      spec.commandLine().getOut().println(issued.token());
      spec.commandLine().getErr().println("good until " + issued.expiresAt());
    } catch (SkeinException | IllegalArgumentException e) {
      throw new Problem("there is no such token", e.getMessage(), "see ./skein token --help", e);
    }
  }
}
