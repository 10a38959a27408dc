package io.skein.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** What every key is set to in the end, and who set it; secrets are masked here already. */
public final class EffectiveValues {
  private static final String MASK = "***";

  /**
   * One key as it is set.
   *
   * @param env the variable that overrides the value
   * @param value as written; {@code ***} for a secret; empty: absent
   * @param source "default", "environment" or the file
   */
  public record Value(String env, String value, String source) {}

  private EffectiveValues() {}

  /** In the order of the file; a list shows the items that it has. */
  public static List<Value> of(Optional<Path> file, Map<String, String> environment) {
    Map<String, String> fromFile = file.map(YamlFile::read).orElse(Map.of());
    Map<String, String> fromEnvironment = new KeyCheck().byPath(environment);
    String fileName = file.map(Path::toString).orElse("");
    List<Value> values = new ArrayList<>();
    for (SettingKey key : SettingKeys.all()) {
      if (!key.inList()) {
        values.add(value(key, key.path(), fromFile, fromEnvironment, fileName));
        continue;
      }
      for (int i = 0; i < 100; i++) {
        String path = key.path().replace("[]", "[" + i + "]");
        if (!fromFile.containsKey(path) && !fromEnvironment.containsKey(path)) {
          break;
        }
        values.add(value(key, path, fromFile, fromEnvironment, fileName));
      }
    }
    return values;
  }

  private static Value value(
      SettingKey key,
      String path,
      Map<String, String> file,
      Map<String, String> environment,
      String fileName) {
    String source = "default";
    String value = key.fallback().orElse("");
    if (file.containsKey(path)) {
      source = fileName;
      value = file.get(path);
    }
    if (environment.containsKey(path)) {
      source = "environment";
      value = environment.get(path);
    }
    Matcher number = key.paths().matcher(path);
    String env =
        key.inList() && number.matches()
            ? key.env().replace("_0_", "_" + number.group(1) + "_")
            : key.env();
    return new Value(env, key.secret() && !value.isEmpty() ? MASK : value, source);
  }
}
