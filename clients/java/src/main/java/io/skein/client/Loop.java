package io.skein.client;

import java.time.Duration;

/**
 * The one thread on which a client's state lives, and its timers. Tasks run one at a time, in the
 * order given; what a task throws is logged and ends nothing else.
 */
interface Loop {

  /** Thread-safe. After the end the task is dropped. */
  void execute(Runnable task);

  /** Runs the task on the loop after {@code delay}, unless cancelled before. Thread-safe. */
  Timer schedule(Duration delay, Runnable task);

  /** A monotonic clock, in nanoseconds. */
  long nanoTime();

  void close();

  /** A task that has yet to run. */
  interface Timer {
    void cancel();
  }
}
