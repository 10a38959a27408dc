package io.skein.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
public final class Nearest {
  /** What is longer is no mistyped name, and would take long to compare. */
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * The candidate that differs only in its style ({@code client_msg_id}, {@code clientMsgId}), else
   * the one with the fewest edits (Levenshtein distance) from what was typed, unless so many are
   * needed that it would be a guess: more than a third of its letters, or more than two in a short
   * one.
   */
  public static Optional<String> of(String typed, Collection<String> candidates) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    String letters = letters(typed);
    Optional<String> same =
        candidates.stream().filter(candidate -> letters(candidate).equals(letters)).findFirst();
    return same.isPresent() ? same : closest(typed, candidates);
  }

  private static String letters(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> closest(String typed, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(typed, candidate) <= Math.max(2, candidate.length() / 3))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(typed, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
