package io.skein.message.search;

import io.skein.message.search.Tokens.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody searches for.
 *
 * @param tsquery as the index takes it
 * @param runs parts that must stand in the text as they are; the index knows their pairs only
 */
record SearchQuery(String tsquery, List<String> runs) {
  SearchQuery {
    runs = List.copyOf(runs);
  }

  /** Empty: there is no word in it. */
  static Optional<SearchQuery> of(String text) {
    List<Piece> pieces = Tokens.pieces(text);
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    List<String> terms = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.run()) {
        boolean single = piece.text().codePointCount(0, piece.text().length()) == 1;
        Tokens.grams(piece.text(), single ? 1 : 2).forEach(gram -> terms.add(quoted(gram)));
        runs.add(piece.text());
      } else {
        boolean typing = i == pieces.size() - 1;
        terms.add(quoted(piece.text()) + (typing ? ":*" : ""));
      }
    }
    return Optional.of(
        new SearchQuery(terms.stream().distinct().collect(Collectors.joining(" & ")), runs));
  }

  /** Pieces are letters and digits only, but nothing should depend on that here. */
  private static String quoted(String token) {
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** Whether a text that the index has found holds the runs as they are. */
  boolean isIn(String text) {
    String normalized = Tokens.normalized(text);
    return runs.stream().allMatch(normalized::contains);
  }
}
