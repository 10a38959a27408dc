package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.protocol.v1.EntryState;
import io.skein.protocol.v1.ReactionCount;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/** Entries as queries bring them, bare or with what later entries made of them. */
public final class EntryRows {
  /** Of {@code message.entry e}: what never changes, for delivery. */
  static final String BARE =
      "e.conversation_id, e.seq, e.sender, e.client_msg_id, e.sent_at,"
          + " CASE WHEN e.erased THEN 0::smallint ELSE e.type END AS type, e.body, e.context,"
          + " e.thread_seq, e.version";

  /** Of a table expression that {@link #current} makes. */
  public static final String CURRENT =
      "e.conversation_id, e.seq, e.sender, e.client_msg_id, e.sent_at, e.type, e.body, e.context,"
          + " e.thread_seq, e.version, e.hidden_entry, e.changed_seq, e.recalled, e.expired, e.edits, e.edited_at,"
          + " e.pinned_seq, e.reaction_keys,"
          + " e.reaction_counts, e.own_keys";

  private static final Optional<EntryState> HIDDEN =
      Optional.of(EntryState.newBuilder().setHidden(true).build());

  private EntryRows() {}

  /**
   * A table expression named {@code e} with the {@link #CURRENT} columns: entries as they are now.
   * Of what has been changed after {@code head}, because the reader left before, they show what it
   * first was, which the changes up to there follow in the log.
   *
   * @param user the SQL for the user whose own reactions are marked
   * @param head the SQL for the last seq that the reader may see
   * @param hidden the SQL for the entries that the reader has hidden, a multirange or null: they
   *     and their changes come without what they say
   * @param where which rows of {@code message.entry x}; may end with an order and a limit
   */
  public static String current(String user, String head, String hidden, String where) {
    return table(user, head, hidden, where, "coalesce(s.type, x.type)", "coalesce(s.body, x.body)");
  }

  /**
   * The same with entries as they were first sent, and their state.
   *
   * @param user the SQL for the user whose own reactions are marked
   * @param where which rows of {@code message.entry x}; may end with an order and a limit
   */
  public static String asSent(String user, String where) {
    return table(user, "2147483647", "NULL::int4multirange", where, "x.type", "x.body");
  }

  private static String table(
      String user, String head, String hidden, String where, String type, String body) {
    return """
        (SELECT x.conversation_id, x.seq, x.sender, x.client_msg_id, x.sent_at,
                CASE WHEN x.erased OR h.hidden THEN 0::smallint ELSE %5$s END AS type,
                %6$s AS body,
                CASE WHEN NOT h.hidden THEN x.context END AS context,
                x.thread_seq, x.version, h.hidden AS hidden_entry, s.changed_seq, s.recalled, s.expired, s.edits, s.edited_at, s.pinned_seq,
                s.reaction_keys, s.reaction_counts,
                CASE WHEN cardinality(s.reaction_keys) > 0 THEN ARRAY(
                  SELECT r.key FROM message.reaction r
                  WHERE r.conversation_id = x.conversation_id AND r.seq = x.seq
                    AND r.user_id = %1$s) END AS own_keys
         FROM message.entry x
         CROSS JOIN LATERAL (
           SELECT coalesce(%3$s @> x.seq OR %3$s @> x.target_seq, false) AS hidden) h
         LEFT JOIN message.entry_state s
           ON s.conversation_id = x.conversation_id AND s.seq = x.seq
             AND (s.changed_seq <= %2$s OR s.recalled)
         WHERE %4$s) e
        """
        .formatted(user, head, hidden, where, type, body);
  }

  /** From a row with the {@link #BARE} columns. */
  static Entry bare(Row row) {
    return entry(row, Optional.empty());
  }

  /** From a row with the {@link #CURRENT} columns. */
  static Entry current(Row row) {
    if (row.getBoolean("hidden_entry")) {
      return entry(row, HIDDEN);
    }
    return entry(
        row, row.getInteger("changed_seq") == null ? Optional.empty() : Optional.of(state(row)));
  }

  /** From a row with the {@link #CURRENT} columns, as clients get it. */
  public static io.skein.protocol.v1.Entry toProto(Row row) {
    return Contents.toProto(current(row));
  }

  /** From a row with the {@link #BARE} columns, as clients get it. */
  public static io.skein.protocol.v1.Entry bareToProto(Row row) {
    return Contents.toProto(bare(row));
  }

  private static Entry entry(Row row, Optional<EntryState> state) {
    Buffer context = row.getBuffer("context");
    Integer threadSeq = row.getInteger("thread_seq");
    Integer version = row.getInteger("version");
    return new Entry(
        row.getUUID("conversation_id"),
        row.getInteger("seq"),
        row.getString("sender"),
        Optional.ofNullable(row.getUUID("client_msg_id")),
        row.getOffsetDateTime("sent_at").toInstant(),
        row.getShort("type"),
        RetainedBody.versioned(
            ByteString.copyFrom(row.getBuffer("body").getBytes()), version == null ? 0 : version),
        context == null ? ByteString.EMPTY : ByteString.copyFrom(context.getBytes()),
        threadSeq == null ? 0 : threadSeq,
        state);
  }

  private static EntryState state(Row row) {
    EntryState.Builder state =
        EntryState.newBuilder()
            .setChangedSeq(row.getInteger("changed_seq"))
            .setRecalled(row.getBoolean("recalled"))
            .setExpired(Boolean.TRUE.equals(row.getBoolean("expired")))
            .setEdits(row.getInteger("edits"))
            .setPinned(row.getInteger("pinned_seq") != null);
    OffsetDateTime editedAt = row.getOffsetDateTime("edited_at");
    if (editedAt != null) {
      state.setEditedAt(Contents.toProto(editedAt.toInstant()));
    }
    String[] keys = row.getArrayOfStrings("reaction_keys");
    if (keys.length > 0) {
      Integer[] counts = row.getArrayOfIntegers("reaction_counts");
      Set<String> own = Set.of(row.getArrayOfStrings("own_keys"));
      for (int i = 0; i < keys.length; i++) {
        state.addReactions(
            ReactionCount.newBuilder()
                .setKey(keys[i])
                .setCount(counts[i])
                .setMine(own.contains(keys[i])));
      }
    }
    return state.build();
  }
}
