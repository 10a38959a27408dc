package io.skein.node.config;

import io.skein.protocol.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** Finds keys that nobody knows: a mistyped key must not be a setting that silently is not made. */
final class KeyCheck {
  /** Variables that are ours and no keys; the launcher and the command line read them. */
  static final Set<String> NO_KEYS = Set.of("SKEIN_JAVA_OPTS", "SKEIN_CONFIG", "SKEIN_TOKEN");

  private final List<SettingKey> keys = SettingKeys.all();

  List<String> unknownPaths(Collection<String> paths) {
    List<String> unknown = new ArrayList<>();
    for (String path : new TreeSet<>(paths)) {
      if (keys.stream().noneMatch(key -> key.paths().matcher(path).matches())) {
        String plain = path.replaceAll("\\[\\d+]", "[]");
        unknown.add(
            "unknown key " + path + nearest(plain, keys.stream().map(SettingKey::path).toList()));
      }
    }
    return unknown;
  }

  List<String> unknownVariables(Collection<String> names) {
    List<String> unknown = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      if (name.startsWith(SettingKey.ENV_PREFIX)
          && !NO_KEYS.contains(name)
          && keys.stream().noneMatch(key -> key.envs().matcher(name).matches())) {
        unknown.add(
            "unknown environment variable "
                + name
                + nearest(name, keys.stream().map(SettingKey::env).toList()));
      }
    }
    return unknown;
  }

  /** The values of the environment by path instead of by variable. */
  Map<String, String> byPath(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    environment.forEach(
        (name, value) ->
            keys.stream()
                .flatMap(key -> path(key, name).stream())
                .forEach(path -> values.put(path, value)));
    return values;
  }

  private static Optional<String> path(SettingKey key, String variable) {
    Matcher matcher = key.envs().matcher(variable);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        key.inList() ? key.path().replace("[]", "[" + matcher.group(1) + "]") : key.path());
  }

  private static String nearest(String typed, List<String> known) {
    return Nearest.of(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
  }
}
