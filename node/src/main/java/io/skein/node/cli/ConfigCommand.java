package io.skein.node.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.skein.node.config.EffectiveValues;
import io.skein.node.config.FileTemplate;
import io.skein.node.config.KeyTable;
import io.skein.node.config.ModuleConfigs;
import io.skein.node.config.SecretCheck;
import io.skein.node.config.Settings;
import io.skein.node.config.TokenConfigs;
import io.skein.node.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "config", description = "Write, check and explain the configuration.")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "init", description = "Write a commented file with a fresh random secret.")
  void init(
      @Parameters(paramLabel = "FILE", arity = "0..1", defaultValue = "skein.yml") Path file) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
      channel.write(ByteBuffer.wrap(FileTemplate.fresh().getBytes(StandardCharsets.UTF_8)));
    } catch (FileAlreadyExistsException e) {
      throw new Problem(
          file + " exists already",
          "it may hold secrets that are in use",
          "name another file: ./skein config init FILE",
          e);
    } catch (IOException e) {
      throw new Problem("cannot write " + file, e.toString(), "choose a folder you may write", e);
    }
    print("Wrote " + file + ", readable by you only: it holds a fresh secret that signs tokens.");
    print("Set postgres.uri and redis.uri in it, then: ./skein config check -c " + file);
  }

  @Command(name = "check", description = "Say what is wrong with the configuration.")
  void check(@Mixin ConfigFileOption config) {
    Settings settings = config.load(Map.of());
    SecretCheck.check(settings);
    ModuleConfigs.of(settings, TokenConfigs.of(settings.tokens()));
    print("The configuration is good: " + config.file().map(Path::toString).orElse("defaults"));
  }

  @Command(name = "docs", description = "Print the table of all keys, in Markdown.")
  void docs() {
    print(KeyTable.markdown());
  }

  @Command(
      name = "env",
      description =
          "Print every key as environment variable, with its value and where that is from.")
  void env(@Mixin ConfigFileOption config) {
    config.load(Map.of()); // so that unknown keys and wrong values are told
    for (EffectiveValues.Value value : EffectiveValues.of(config.file(), System.getenv())) {
      print("%-40s # %s".formatted(value.env() + "=" + value.value(), value.source()));
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
