package io.skein.node.chat;

import org.jline.utils.AttributedString;

/** Where a chat is shown and typed. Thread-safe but for {@link #readLine}, which has one caller. */
interface Screen extends AutoCloseable {

  /** Shows something above what is being typed. */
  void print(AttributedString line);

  /** Replaces what is said about the conversation as it is now. */
  void status(AttributedString status);

  /** Before what is typed. */
  void prompt(String prompt);

  /** The next line; null at the end of the input. Blocks. */
  String readLine();

  @Override
  void close();
}
