package io.skein.message;

/** Which part of a log a user may see: one place for all queries. */
final class Visibility {
  /**
   * A common table expression {@code seen(id, lowest, head, present, hidden_entries)} for the user
   * {@code $2} in the conversation {@code $1}: no row if they were never in it; else all from
   * {@code lowest} to {@code head}, both included, but for the hidden ones; {@code present}: they
   * still are.
   */
  static final String SEEN =
      """
      WITH seen AS (
        SELECT c.id, greatest(m.joined_seq + 1, c.first_seq, m.cleared_seq + 1) AS lowest,
               least(c.last_seq, coalesce(m.left_seq, c.last_seq)) AS head,
               m.left_seq IS NULL AS present, m.hidden_entries
        FROM message.member m JOIN message.conversation c ON c.id = m.conversation_id
        WHERE m.conversation_id = $1 AND m.user_id = $2
      )
      """;

  private Visibility() {}
}
