package io.skein.node.chat;

import java.text.BreakIterator;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * Breaks long lines where their script allows it: at spaces, or between ideographs; by the columns
 * that a terminal gives them, two for an ideograph. What follows a break is indented.
 */
final class Wrap {
  static final String INDENT = "      ";

  /** On anything narrower the terminal itself breaks. */
  private static final int NARROWEST = 2 * INDENT.length();

  private final int columns;
  private final AttributedStringBuilder wrapped = new AttributedStringBuilder();
  private int column;

  /** Behind the last word: written only where the line goes on. */
  private AttributedString space = AttributedString.EMPTY;

  private Wrap(int columns) {
    this.columns = columns;
  }

  /** The text with line ends where it has to be broken. */
  static AttributedString at(int columns, AttributedString text) {
    if (columns < NARROWEST || text.columnLength() < columns && text.toString().indexOf('\n') < 0) {
      return text;
    }
    var wrap = new Wrap(columns);
    wrap.addAll(text);
    return wrap.wrapped.toAttributedString();
  }

  private void addAll(AttributedString text) {
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(text.toString());
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      add(text.subSequence(from, to));
      from = to;
    }
  }

  /** Adds what must not be broken, with the spaces or the line end behind it. */
  private void add(AttributedString piece) {
    int length = piece.length();
    while (length > 0 && Character.isWhitespace(piece.charAt(length - 1))) {
      length--;
    }
    AttributedString word = piece.subSequence(0, length);
    boolean fits = column + space.columnLength() + word.columnLength() <= columns;
    if (!fits && column > INDENT.length()) {
      breakLine();
    } else {
      wrapped.append(space);
      column += space.columnLength();
    }
    addSplit(word);
    space = piece.subSequence(length, piece.length());
    if (space.toString().endsWith("\n")) {
      wrapped.append("\n");
      space = AttributedString.EMPTY;
      column = 0;
    }
  }

  /** A word that is longer than a line is broken all the same. */
  private void addSplit(AttributedString word) {
    AttributedString rest = word;
    while (column + rest.columnLength() > columns) {
      AttributedString fits = rest.columnSubSequence(0, columns - column);
      wrapped.append(fits);
      rest = rest.subSequence(fits.length(), rest.length());
      breakLine();
    }
    wrapped.append(rest);
    column += rest.columnLength();
  }

  private void breakLine() {
    wrapped.append("\n").append(INDENT);
    column = INDENT.length();
  }
}
