package io.skein.message.settings;

import io.skein.message.RepeatableSql;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Draft;
import io.skein.protocol.v1.SeqRange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Settings in Postgres: columns of {@code message.member}. */
public final class PgSettingsStore implements SettingsStore {
  /** Of the row that {@link #settings} reads. */
  public static final String COLUMNS =
      "pinned, muted, archived, marked_unread, hidden, draft, draft_reply, cleared_seq,"
          + " hidden_entries";

  private static final String CONFIGURE =
      "SELECT "
          + COLUMNS
          + " FROM message.configure_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
          + " CROSS JOIN LATERAL (SELECT m.hidden_entries::text FROM message.member m"
          + " WHERE m.conversation_id = $1 AND m.user_id = $2) h";

  private static final String HIDE = "SELECT message.hide_v1($1, $2, $3, $4) AS status";

  /** Runs of hidden entries in one conversation; whoever needs more clears it. */
  private static final int MAX_HIDDEN = 1000;

  /** One range in a multirange's text; Postgres writes all of them like this. */
  private static final Pattern RANGE = Pattern.compile("\\[(\\d+),(\\d+)\\)");

  private final RepeatableSql sql;

  PgSettingsStore(RepeatableSql sql) {
    this.sql = sql;
  }

  @Override
  public Future<Optional<ConversationSettings>> configure(
      UUID conversationId, String userId, ConfigureRequest wanted) {
    Draft draft = wanted.getDraft();
    boolean isAnswer = draft.hasReplyToSeq() && !draft.getText().isEmpty();
    return execute(
        Tuple.tuple()
            .addUUID(conversationId)
            .addString(userId)
            .addBoolean(wanted.hasPinned() ? wanted.getPinned() : null)
            .addBoolean(wanted.hasMuted() ? wanted.getMuted() : null)
            .addBoolean(wanted.hasArchived() ? wanted.getArchived() : null)
            .addBoolean(wanted.hasMarkedUnread() ? wanted.getMarkedUnread() : null)
            .addBoolean(wanted.hasHidden() ? wanted.getHidden() : null)
            .addString(wanted.hasDraft() ? draft.getText() : null)
            .addInteger(isAnswer ? draft.getReplyToSeq() : null)
            .addInteger(0),
        conversationId);
  }

  @Override
  public Future<Optional<ConversationSettings>> clear(UUID conversationId, String userId, int seq) {
    return execute(
        Tuple.tuple()
            .addUUID(conversationId)
            .addString(userId)
            .addBoolean(null)
            .addBoolean(null)
            .addBoolean(null)
            .addBoolean(null)
            .addBoolean(null)
            .addString(null)
            .addInteger(null)
            .addInteger(seq),
        conversationId);
  }

  @Override
  public Future<Optional<ConversationSettings>> hide(
      UUID conversationId, String userId, List<Integer> seqs) {
    return sql.execute(
            HIDE, Tuple.of(conversationId, userId, seqs.toArray(Integer[]::new), MAX_HIDDEN))
        .compose(
            rows ->
                switch (rows.iterator().next().getShort("status")) {
                  case 0 ->
                      configure(conversationId, userId, ConfigureRequest.getDefaultInstance());
                  case 3 -> Future.succeededFuture(Optional.empty());
                  case 7 -> refused(ErrorCode.NOT_FOUND, "one of the entries is not there");
                  case 11 ->
                      refused(ErrorCode.TOO_LARGE, "too many entries are hidden here: clear it");
                  case Short status ->
                      throw new IllegalStateException("hide_v1 answered status " + status);
                });
  }

  private static <T> Future<T> refused(ErrorCode code, String message) {
    return Future.failedFuture(new SkeinException(code, message).withField("seqs"));
  }

  private Future<Optional<ConversationSettings>> execute(Tuple parameters, UUID conversationId) {
    return sql.execute(CONFIGURE, parameters)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(settings(rows.iterator().next(), conversationId)));
  }

  /** From a row with the {@link #COLUMNS}. */
  public static ConversationSettings settings(Row row, UUID conversationId) {
    ConversationSettings.Builder settings =
        ConversationSettings.newBuilder()
            .setConversationId(conversationId.toString())
            .setPinned(row.getBoolean("pinned"))
            .setMuted(row.getBoolean("muted"))
            .setArchived(row.getBoolean("archived"))
            .setMarkedUnread(row.getBoolean("marked_unread"))
            .setHidden(row.getBoolean("hidden"))
            .setClearedSeq(row.getInteger("cleared_seq"));
    String hidden = row.getString("hidden_entries");
    if (hidden != null) {
      RANGE.matcher(hidden).results().forEach(range -> settings.addHiddenEntries(span(range)));
    }
    String draft = row.getString("draft");
    if (!draft.isEmpty()) {
      settings.getDraftBuilder().setText(draft);
      Integer replyTo = row.getInteger("draft_reply");
      if (replyTo != null) {
        settings.getDraftBuilder().setReplyToSeq(replyTo);
      }
    }
    return settings.build();
  }

  private static SeqRange span(MatchResult range) {
    return SeqRange.newBuilder()
        .setFirstSeq(Integer.parseInt(range.group(1)))
        .setLastSeq(Integer.parseInt(range.group(2)) - 1)
        .build();
  }
}
