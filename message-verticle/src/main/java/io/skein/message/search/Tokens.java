package io.skein.message.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into what is searched for: words of letters and digits, and runs in scripts that are
 * written without spaces. Upper and lower case, full and half width are the same.
 */
final class Tokens {
  private static final int LONGEST_WORD = 40;
  private static final int MOST = 2000;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Tokens() {}

  /**
   * A piece of text.
   *
   * @param run whether it is a run of characters that are words, or parts of words, by themselves
   */
  record Piece(String text, boolean run) {}

  static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean[] run = {false};
    normalized(text)
        .codePoints()
        .forEach(
            c -> {
              boolean counts = Character.isLetterOrDigit(c) || Character.getType(c) == MARK;
              boolean inRun = counts && WITHOUT_SPACES.contains(UnicodeScript.of(c));
              if (!counts || inRun != run[0]) {
                end(piece, run[0], pieces);
              }
              if (counts) {
                piece.appendCodePoint(c);
                run[0] = inRun;
              }
            });
    end(piece, run[0], pieces);
    return pieces;
  }

  private static final int MARK = Character.NON_SPACING_MARK;

  private static void end(StringBuilder piece, boolean run, List<Piece> pieces) {
    if (!piece.isEmpty()) {
      pieces.add(new Piece(run ? piece.toString() : cut(piece), run));
      piece.setLength(0);
    }
  }

  private static String cut(StringBuilder word) {
    return word.codePointCount(0, word.length()) <= LONGEST_WORD
        ? word.toString()
        : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD));
  }

  /** What a text is found by: its words, and of its runs all characters and pairs. */
  static Set<String> of(String text) {
    Set<String> tokens = new LinkedHashSet<>();
    for (Piece piece : pieces(text)) {
      if (piece.run()) {
        tokens.addAll(grams(piece.text(), 1));
        tokens.addAll(grams(piece.text(), 2));
      } else {
        tokens.add(piece.text());
      }
      if (tokens.size() >= MOST) {
        break;
      }
    }
    return tokens;
  }

  /** All neighbours in a run, so many characters each. */
  static List<String> grams(String run, int length) {
    int[] characters = run.codePoints().toArray();
    List<String> grams = new ArrayList<>();
    for (int i = 0; i + length <= characters.length; i++) {
      grams.add(new String(characters, i, length));
    }
    return grams;
  }
}
