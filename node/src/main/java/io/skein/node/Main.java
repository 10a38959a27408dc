package io.skein.node;

import io.skein.node.cli.SkeinCommand;

/** Where the launcher enters. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int code = SkeinCommand.run(args);
    // Not from here after a node or dev mode: those end in their shutdown hook.
    System.exit(code);
  }
}
