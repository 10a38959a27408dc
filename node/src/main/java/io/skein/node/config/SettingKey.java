package io.skein.node.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One key of the configuration.
 *
 * @param path as in the file, levels separated by dots; {@code []} after the name of a list
 * @param type what its value is, in a word or two for people
 * @param fallback the value when it is not given; empty: it may be absent, or must be given
 * @param optional whether it may be absent
 * @param meaning a sentence
 * @param secret never to be printed
 */
record SettingKey(
    String path,
    String type,
    Optional<String> fallback,
    boolean optional,
    String meaning,
    boolean secret) {

  static final String ENV_PREFIX = "SKEIN_";

  /** The environment variable that overrides it; {@code 0} stands for the number in a list. */
  String env() {
    return ENV_PREFIX
        + path.replace("[]", ".0").replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  boolean inList() {
    return path.contains("[]");
  }

  /** Matches the paths that stand for this key, with any number in a list. */
  Pattern paths() {
    return numbered(path, "[]", "\\[(\\d{1,2})]");
  }

  /** Matches the environment variables that stand for this key, with any number in a list. */
  Pattern envs() {
    return inList()
        ? numbered(env(), "_0_", "_(\\d{1,2})_")
        : Pattern.compile(Pattern.quote(env()));
  }

  private static Pattern numbered(String text, String placeholder, String number) {
    String[] parts = text.split(Pattern.quote(placeholder), -1);
    var pattern = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      pattern.append(number).append(Pattern.quote(parts[i]));
    }
    return Pattern.compile(pattern.toString());
  }

  /** What its value may be, as the end of a sentence. */
  String takes() {
    return switch (type) {
      case "number" -> "a whole number";
      case "duration" -> "a number and a unit, such as 500ms, 30s, 5m, 1h, 7d";
      default ->
          (type.contains("|") ? "any of " : "") + type.replace("list of ", "").replace("|", ", ");
    };
  }

  /** The first level of the path. */
  String section() {
    return path.substring(0, path.indexOf('.'));
  }
}
