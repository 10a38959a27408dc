package io.skein.node.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where the launcher found Skein; data lies there unless another folder is named. */
final class ProjectFolder {
  private ProjectFolder() {}

  static Path data() {
    return Path.of(Optional.ofNullable(System.getProperty("skein.home")).orElse("."), "data");
  }
}
