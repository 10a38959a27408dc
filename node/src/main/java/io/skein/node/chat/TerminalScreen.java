package io.skein.node.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** A real terminal: the line that is typed stays at the bottom, with a status line below it. */
final class TerminalScreen implements Screen {
  private final Terminal terminal;
  private final Reader reader;
  private final Status status;
  private volatile String prompt = "> ";
  private boolean closed;

  TerminalScreen(Terminal terminal) throws IOException {
    this.terminal = terminal;
    this.reader = new Reader(terminal);
    this.status = Status.getStatus(terminal);
  }

  private static final class Reader extends LineReaderImpl {
    Reader(Terminal terminal) throws IOException {
      super(terminal);
      // What was typed comes back as an entry of the log.
      option(Option.ERASE_LINE_ON_FINISH, true);
      // An exclamation mark is one.
      option(Option.DISABLE_EVENT_EXPANSION, true);
      option(Option.BRACKETED_PASTE, true);
    }

    /** Not while a key that was typed is being shown: their escape sequences would mix. */
    void draw(Runnable step) {
      lock.lock();
      try {
        step.run();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void print(AttributedString line) {
    reader.printAbove(Wrap.at(terminal.getWidth(), line));
  }

  @Override
  public void status(AttributedString text) {
    int width = Math.max(terminal.getWidth(), 1);
    reader.draw(() -> show(List.of(text.columnSubSequence(0, width))));
  }

  private void show(List<AttributedString> lines) {
    if (status != null && !closed) {
      status.update(lines);
    }
  }

  /** Shows with the next line that is printed. */
  @Override
  public void prompt(String text) {
    prompt = text;
    reader.setPrompt(text);
  }

  @Override
  public String readLine() {
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException | EndOfFileException leaving) {
      return null;
    }
  }

  /** What is still said afterwards goes nowhere: the terminal belongs to the shell again. */
  @Override
  public void close() {
    reader.draw(
        () -> {
          show(List.of());
          closed = true;
        });
    try {
      if (status != null) {
        status.close();
      }
      terminal.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
