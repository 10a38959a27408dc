package io.skein.node.config;

import io.skein.node.problem.Problem;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the configuration: what the command line says wins over the environment, that over the
 * file, that over the defaults.
 */
public final class SettingsLoader {
  /** Keeps our keys apart from whatever the library itself would look up. */
  private static final String PREFIX = "skein.";

  private static final Pattern WRONG_VALUE =
      Pattern.compile("property skein\\.(\\S+) with the config value \"(.*?)\" threw");

  private static final String REMEDY =
      "correct it, then try ./skein config check; ./skein config docs lists all keys";

  private final Map<String, String> environment;

  /**
   * @param environment names and values; only those that begin with SKEIN_ are looked at
   */
  public SettingsLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads, checks and maps everything at once.
   *
   * @param file absent: defaults and environment only
   * @param overrides values by path, from the command line
   * @throws Problem naming every unknown key and every wrong value at once
   */
  public Settings load(Optional<Path> file, Map<String, String> overrides) {
    List<String> wrong = new ArrayList<>();
    KeyCheck check = new KeyCheck();
    Map<String, String> fromFile = file.map(YamlFile::read).orElse(Map.of());
    wrong.addAll(check.unknownPaths(fromFile.keySet()));
    wrong.addAll(check.unknownVariables(environment.keySet()));
    if (!wrong.isEmpty()) {
      throw problem(file, wrong);
    }
    try {
      return mapped(fromFile, check.byPath(environment), overrides);
    } catch (ConfigValidationException e) {
      for (int i = 0; i < e.getProblemCount(); i++) {
        wrong.add(inWords(e.getProblem(i).getMessage()));
      }
      throw problem(file, wrong);
    }
  }

  private static Settings mapped(
      Map<String, String> file, Map<String, String> variables, Map<String, String> overrides) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(source("file", file, 100), source("environment", variables, 200))
            .withSources(source("command line", overrides, 300))
            .withConverter(Duration.class, 500, Durations::parse)
            .withConverter(Boolean.class, 500, SettingsLoader::trueOrFalse)
            .withMapping(Settings.class)
            .build();
    return config.getConfigMapping(Settings.class);
  }

  private static PropertiesConfigSource source(String name, Map<String, String> values, int rank) {
    Map<String, String> prefixed = new TreeMap<>();
    values.forEach((path, value) -> prefixed.put(PREFIX + path, value));
    return new PropertiesConfigSource(prefixed, name, rank);
  }

  /** The library takes every unknown word for false. */
  private static Boolean trueOrFalse(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + word + "' is neither true nor false");
    };
  }

  /** The library names its own codes and classes; a person wants to know what the key takes. */
  private static String inWords(String message) {
    Matcher value = WRONG_VALUE.matcher(message);
    if (!value.find()) {
      return message.replaceAll("SRCFG\\d+: ", "").replace(PREFIX, "");
    }
    String path = value.group(1);
    return SettingKeys.all().stream()
        .filter(key -> key.paths().matcher(path).matches())
        .findFirst()
        .map(key -> path + " is '" + value.group(2) + "', but takes " + key.takes())
        .orElse(message);
  }

  private static Problem problem(Optional<Path> file, List<String> wrong) {
    String where = file.map(path -> " in " + path).orElse("");
    return new Problem("the configuration" + where + " is wrong", String.join("\n", wrong), REMEDY);
  }
}
