package io.skein.node.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Finds out what this program is connected to. */
final class Screens {
  private Screens() {}

  /** A terminal if there is one, else plain lines. Always UTF-8, whatever the system's locale. */
  static Screen open() {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .dumb(false)
              .encoding(StandardCharsets.UTF_8)
              .build();
      if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        return new TerminalScreen(terminal);
      }
      terminal.close();
    } catch (IOException | IllegalStateException noTerminal) {
      // A pipe or a file: plain lines will do.
    }
    return new PlainScreen(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }
}
