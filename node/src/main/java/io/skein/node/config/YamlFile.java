package io.skein.node.config;

import io.skein.node.problem.Problem;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file as values by path: {@code postgres.uri}, {@code tokens.keys[0].secret}. */
final class YamlFile {
  private YamlFile() {}

  /**
   * Reads and flattens it.
   *
   * @throws Problem if it cannot be read or is no YAML, with line and column
   */
  static Map<String, String> read(Path file) {
    try {
      String text = Files.readString(file);
      refuseBroken(text);
      Map<String, String> values =
          new TreeMap<>(new YamlConfigSource(file.toString(), text).getProperties());
      // A section of which every key is commented out.
      values.values().removeIf(String::isEmpty);
      // A list of words comes twice, as "list" and as "list[0]", "list[1]"; one is enough.
      values.keySet().removeIf(path -> path.endsWith("]") && values.containsKey(list(path)));
      return values;
    } catch (NoSuchFileException e) {
      throw new Problem(
          "there is no configuration at " + file.toAbsolutePath(),
          "the file does not exist",
          "write one with: ./skein config init " + file,
          e);
    } catch (IOException e) {
      throw new Problem(
          "cannot read the configuration " + file.toAbsolutePath(),
          e.toString(),
          "give the user '" + System.getProperty("user.name") + "' the right to read it",
          e);
    } catch (YAMLException e) {
      throw new Problem(
          "the configuration " + file + " is no YAML", e.getMessage(), "correct that line", e);
    }
  }

  private static String list(String item) {
    return item.substring(0, item.lastIndexOf('['));
  }

  /** The library would let the last of two equal keys win, silently. */
  private static void refuseBroken(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object root = new Yaml(new SafeConstructor(options)).load(text);
    if (root != null && !(root instanceof Map)) {
      throw new YAMLException("it holds " + root.getClass().getSimpleName() + ", not keys");
    }
  }
}
