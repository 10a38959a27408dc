package io.skein.node.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** A real terminal: the line that is typed stays at the bottom, with a status line below it. */
final class TerminalScreen implements Screen {
  private final Terminal terminal;
  private final LineReader reader;
  private final Status status;
  private volatile String prompt = "> ";

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            // What was typed comes back as an entry of the log.
            .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
            // An exclamation mark is one.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, true)
            .build();
    this.status = Status.getStatus(terminal);
  }

  @Override
  public void print(AttributedString line) {
    reader.printAbove(line);
  }

  @Override
  public synchronized void status(AttributedString text) {
    if (status != null) {
      status.update(List.of(text.columnSubSequence(0, Math.max(terminal.getWidth(), 1))));
    }
  }

  @Override
  public void prompt(String text) {
    prompt = text;
  }

  @Override
  public String readLine() {
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException | EndOfFileException leaving) {
      return null;
    }
  }

  @Override
  public void close() {
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
