package io.skein.node.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checked-out project: where it is, and what lies in it. */
final class SourceTree {

  private static final Pattern MODULE = Pattern.compile("\\s*<module>(.*)</module>");

  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** Finds the project above the folder in which the tests run. */
  static SourceTree find() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cluster.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
      }
    }
    return new SourceTree(folder);
  }

  Path pomOf(String module) {
    return root.resolve(module).resolve("pom.xml");
  }

  Path protocolDocument() {
    return root.resolve("docs/PROTOCOL.md");
  }

  /** Java files written by hand below {@code src/main}. */
  List<Path> mainFiles() {
    return javaFiles("src/main/java");
  }

  /** Java files below {@code src/test}. */
  List<Path> testFiles() {
    return javaFiles("src/test/java");
  }

  /** Looks into the modules only: beside them may lie data that is not ours to read. */
  private List<Path> javaFiles(String below) {
    return modules().stream()
        .map(module -> root.resolve(module).resolve(below))
        .filter(Files::isDirectory)
        .map(SourceTree::javaFilesIn)
        .flatMap(List::stream)
        .sorted()
        .toList();
  }

  private List<String> modules() {
    return lines(root.resolve("pom.xml")).stream()
        .map(MODULE::matcher)
        .filter(Matcher::matches)
        .map(module -> module.group(1))
        .toList();
  }

  private static List<Path> javaFilesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
