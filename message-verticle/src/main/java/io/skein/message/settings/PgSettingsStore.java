package io.skein.message.settings;

import io.skein.message.RepeatableSql;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.Draft;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Settings in Postgres: columns of {@code message.member}. */
public final class PgSettingsStore implements SettingsStore {
  /** Of the row that {@link #settings} reads. */
  public static final String COLUMNS =
      "pinned, muted, archived, marked_unread, hidden, draft, draft_reply, cleared_seq";

  private static final String CONFIGURE =
      "SELECT " + COLUMNS + " FROM message.configure_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

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
}
