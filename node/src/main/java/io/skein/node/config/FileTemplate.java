package io.skein.node.config;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The commented file that {@code config init} writes: every key with its meaning and default. */
public final class FileTemplate {
  private static final int SECRET_BYTES = 48;
  private static final int WIDTH = 96;

  /** Keys that a file needs, or that nearly everybody changes; all others stay commented out. */
  private static final List<String> ACTIVE =
      List.of("postgres.uri", "redis.uri", "tokens.keys[].kid", "tokens.keys[].secret");

  private FileTemplate() {}

  public static String fresh() {
    return write(new SecureRandom());
  }

  static String write(RandomGenerator random) {
    var text =
        new StringBuilder(
            """
            # The configuration of a Skein node. A key that is commented out has the value shown.
            # Every key can be set in the environment instead: postgres.uri is SKEIN_POSTGRES_URI.
            # Check it with ./skein config check; ./skein config docs explains every key.
            """);
    Map<String, String> given = Map.of("tokens.keys[].secret", secret(random));
    for (Section section : Section.values()) {
      text.append("\n# ").append(section.meaning()).append('\n');
      text.append(section.key()).append(":\n");
      String group = section.key() + ".";
      for (SettingKey key : SettingKeys.of(section)) {
        String inner = key.path().substring(0, key.path().lastIndexOf('.') + 1);
        if (!inner.equals(group)) {
          group = inner;
          text.append(openGroup(section, inner));
        }
        append(text, key, given);
      }
    }
    return text.toString();
  }

  private static String openGroup(Section section, String group) {
    String name = group.substring(section.key().length() + 1, group.length() - 1);
    return "  " + name.replace("[]", "") + ":\n";
  }

  private static void append(StringBuilder text, SettingKey key, Map<String, String> given) {
    String name = key.path().substring(key.path().lastIndexOf('.') + 1);
    int depth = (int) key.path().chars().filter(c -> c == '.').count();
    boolean first = key.inList() && name.equals("kid");
    String indent = "  ".repeat(depth) + (key.inList() ? "  " : "");
    String mark = ACTIVE.contains(key.path()) ? "" : "#";
    String value = given.getOrDefault(key.path(), key.fallback().orElse(""));
    for (String line : wrap(key.meaning(), WIDTH - indent.length())) {
      text.append(indent).append("# ").append(line).append('\n');
    }
    String lead = first ? indent.substring(2) + "- " : indent + mark;
    text.append(lead).append(name).append(": ").append(quoted(value)).append('\n');
  }

  private static String quoted(String value) {
    return value.matches("[\\w./,-]*") ? value : '"' + value + '"';
  }

  private static List<String> wrap(String text, int width) {
    return List.of(text.replaceAll("(.{1," + width + "})( +|$)", "$1\n").split("\n"));
  }

  private static String secret(RandomGenerator random) {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
