package io.skein.node.run;

import io.skein.node.problem.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start has made so far, to be undone in reverse order; also when the process is told to
 * stop in the middle of the start. Thread-safe: a stop waits for the step that is being made.
 */
public final class Teardown implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Teardown.class);

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private boolean closed;

  /**
   * Makes something, and remembers how to undo it.
   *
   * @throws Problem if the stop came first; then nothing is made
   */
  public synchronized <T> T make(Supplier<T> make, Consumer<? super T> undoIt) {
    if (closed) {
      throw new Problem("stopped while it started", "", "");
    }
    T made = make.get();
    undo.push(() -> undoIt.accept(made));
    return made;
  }

  /** Remembers something to do at the stop. */
  public void atStop(Runnable action) {
    make(() -> action, Runnable::run);
  }

  /** Undoes everything that was made; a failure does not keep the rest from being undone. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (RuntimeException e) {
        log.warn("Something did not stop in order", e);
      }
    }
  }
}
