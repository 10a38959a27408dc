package io.skein.node.cli;

import io.skein.node.config.TokenConfigs;
import io.skein.node.dev.DevAddresses;
import io.skein.node.dev.DevKey;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenIssuer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which key a command signs tokens with. */
final class SigningOptions {
  @Mixin private ConfigFileOption config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the dev mode whose key signs (by default ./data).")
  private Path data;

  /** The folder in which a dev mode may run. */
  Path dataFolder() {
    return data == null ? ProjectFolder.data() : data;
  }

  Optional<DevAddresses> runningDev() {
    return config.isNamed() ? Optional.empty() : DevAddresses.find(dataFolder());
  }

  TokenIssuer issuer() {
    return new TokenIssuer(tokens(), Clock.systemUTC());
  }

  /** What was named; else the key of the dev mode that runs; else of the file that lies here. */
  private TokenConfig tokens() {
    var dev = new DevKey(dataFolder());
    boolean useDev = data != null || runningDev().isPresent() || config.file().isEmpty();
    return useDev && !config.isNamed()
        ? dev.read()
        : TokenConfigs.of(config.load(Map.of()).tokens());
  }
}
