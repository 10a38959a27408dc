package io.skein.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.skein.node.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds and reads the Hazelcast file. */
final class ClusterFile {
  private static final String NAME = "cluster.xml";

  private ClusterFile() {}

  /**
   * Takes the file that the configuration names; or else {@code cluster.xml} beside the
   * configuration, in the folder of the distribution, on the class path: the first there is.
   *
   * @throws Problem if there is none or it is wrong
   */
  static Config read(Optional<String> named, Optional<Path> configuration) {
    if (named.isPresent()) {
      return parse(Path.of(named.get()));
    }
    List<Path> candidates = new ArrayList<>();
    configuration.ifPresent(file -> candidates.add(file.toAbsolutePath().resolveSibling(NAME)));
    Optional.ofNullable(System.getProperty("skein.home"))
        .ifPresent(home -> candidates.add(Path.of(home, NAME)));
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return parse(candidate);
      }
    }
    InputStream bundled = ClusterFile.class.getClassLoader().getResourceAsStream(NAME);
    if (bundled != null) {
      return new XmlConfigBuilder(bundled).build();
    }
    throw new Problem(
        "there is no " + NAME,
        "it says how nodes find each other, and is none of " + candidates,
        "name it in the configuration: cluster.file");
  }

  private static Config parse(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new XmlConfigBuilder(in).build();
    } catch (IOException | RuntimeException e) {
      throw new Problem(
          "the cluster file " + file.toAbsolutePath() + " cannot be used",
          String.valueOf(e.getMessage()),
          "correct it, or name another one in the configuration: cluster.file",
          e);
    }
  }
}
