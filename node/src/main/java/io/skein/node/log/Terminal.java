package io.skein.node.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person sees what the process prints. */
public final class Terminal {
  private static final Path STDOUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /**
   * Looks at standard output alone; {@code System.console()} also wants standard input to be a
   * terminal, and on Java 22 to 24 is there without any.
   */
  public static boolean isOut() {
    try {
      String target = Files.readSymbolicLink(STDOUT).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
