package io.skein.node.cli;

import io.skein.node.run.ShutdownHook;
import io.skein.node.run.Teardown;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Runs something until the process is told to stop. */
final class Foreground {
  private Foreground() {}

  /**
   * Starts it, prints what it has to say, and waits; does not return unless the start fails.
   *
   * @param start makes things and tells the teardown how to undo them; returns what to print
   */
  static void run(PrintWriter out, Function<Teardown, String> start) {
    var teardown = new Teardown();
    var hook =
        new ShutdownHook(
            () -> {
              print(out, "Stopping …");
              teardown.close();
            });
    hook.install();
    try {
      print(out, start.apply(teardown));
    } catch (RuntimeException e) {
      teardown.close();
      hook.remove();
      throw e;
    }
    try {
      new CountDownLatch(1).await(); // the hook ends the process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void print(PrintWriter out, String text) {
    if (!text.isEmpty()) {
      out.println(text);
      out.flush();
    }
  }
}
