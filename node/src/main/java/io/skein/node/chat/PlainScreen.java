package io.skein.node.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jline.utils.AttributedString;

/** Lines in and lines out, without colours: for pipes, tests and terminals that can no more. */
final class PlainScreen implements Screen {
  private final BufferedReader in;
  private final PrintStream out;
  private String lastStatus = "";

  PlainScreen(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public synchronized void print(AttributedString line) {
    out.println(line);
    out.flush();
  }

  /** A line whenever it changes. */
  @Override
  public synchronized void status(AttributedString status) {
    String text = status.toString();
    if (!text.equals(lastStatus)) {
      lastStatus = text;
      out.println("[" + text + "]");
      out.flush();
    }
  }

  /** Nobody is asked anything here. */
  @Override
  public void prompt(String prompt) {}

  @Override
  public String readLine() {
    try {
      return in.readLine();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
