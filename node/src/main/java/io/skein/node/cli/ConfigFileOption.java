package io.skein.node.cli;

import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which configuration a command reads. */
final class ConfigFileOption {
  private static final Path DEFAULT = Path.of("skein.yml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration; by default what SKEIN_CONFIG names, or skein.yml where there is one.")
  private Path file;

  /** Empty: there is none, defaults and environment count. A file that was named must exist. */
  Optional<Path> file() {
    if (file != null) {
      return Optional.of(file);
    }
    return Optional.ofNullable(System.getenv("SKEIN_CONFIG"))
        .map(Path::of)
        .or(() -> Optional.of(DEFAULT).filter(Files::exists));
  }

  /** Whether somebody chose it, rather than that it lies here. */
  boolean isNamed() {
    return file != null || System.getenv("SKEIN_CONFIG") != null;
  }

  Settings load(Map<String, String> overrides) {
    return new SettingsLoader(System.getenv()).load(file(), overrides);
  }
}
