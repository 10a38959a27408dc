package io.skein.node.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process in order when it gets SIGTERM or SIGINT. The JVM would report the signal as the
 * exit code (143, 130); a supervisor that asked for a stop wants to see that it went well: 0.
 */
public final class ShutdownHook {
  private static final Logger log = LoggerFactory.getLogger(ShutdownHook.class);

  private final Thread thread;

  /**
   * Prepares a hook; {@link #install} puts it to work.
   *
   * @param stop bounded in time by itself; if it throws, the exit code is 1
   */
  public ShutdownHook(Runnable stop) {
    this.thread = new Thread(() -> end(stop), "shutdown");
  }

  public void install() {
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** For a start that failed: its own exit code is to be seen. */
  public void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      log.debug("The hook runs already", e);
    }
  }

  private static void end(Runnable stop) {
    int code = 0;
    try {
      stop.run();
    } catch (RuntimeException e) {
      log.error("The process did not stop in order", e);
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
