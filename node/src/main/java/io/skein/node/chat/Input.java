package io.skein.node.chat;

import java.util.Locale;

/** What somebody has typed. */
sealed interface Input {

  record Say(String text) implements Input {}

  /** Something that begins with a slash; {@code argument} is empty where there is none. */
  record Command(String name, String argument) implements Input {}

  record Nothing() implements Input {}

  /** A text that begins with a slash is typed with two. */
  static Input of(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Nothing();
    }
    if (text.startsWith("//")) {
      return new Say(text.substring(1));
    }
    if (!text.startsWith("/")) {
      return new Say(text);
    }
    String[] parts = text.substring(1).split("\\s+", 2);
    return new Command(parts[0].toLowerCase(Locale.ROOT), parts.length == 2 ? parts[1] : "");
  }
}
