package io.skein.message;

import io.skein.message.ConversationView.PeerMark;
import io.skein.message.ConversationView.ReadState;
import io.skein.message.settings.PgSettingsStore;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.Group;
import io.skein.protocol.v1.Member.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Conversations and members in Postgres: see {@code db/migration/message}. */
final class PgConversationStore implements ConversationStore {
  private static final String CREATE =
      "SELECT message.create_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS made";

  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM message.conversation WHERE id = $1) AS found";

  private static final String VOICE =
      """
      SELECT c.members_seq, coalesce(m.muted_until > now(), false) AS muted
      FROM message.member m JOIN message.conversation c ON c.id = m.conversation_id
      WHERE m.conversation_id = $1 AND m.user_id = $2 AND m.left_seq IS NULL
      """;

  private static final String BLOCK = "SELECT message.block_v1($1, $2, $3, $4, $5)";

  private static final String BLOCKERS =
      """
      SELECT o.user_id FROM unnest($2::uuid[], $3::text[]) o (id, user_id)
      WHERE (SELECT m.muted_until FROM message.member m
             WHERE m.conversation_id = o.id AND m.user_id = $1) > now()
      """;

  private static final String MEMBERS =
      """
      SELECT c.members_seq, m.user_id, m.role, m.joined_seq, m.left_seq
      FROM message.conversation c LEFT JOIN message.member m ON m.conversation_id = c.id
      WHERE c.id = $1 LIMIT $2
      """;

  /**
   * Rows and snapshot come from one statement. OFFSET 0 keeps the planner from reading all
   * conversations to join them with a few. Conversations without any entry stay hidden if they are
   * direct ones: they are what a refused first message leaves.
   */
  private static final String VIEW =
      """
      SELECT p.*, o.users, o.delivered, o.read, f.first_unread_seq, n.mentions, %1$s
      FROM (
        SELECT c.id, c.kind, CASE WHEN m.left_seq IS NULL THEN c.title ELSE '' END AS title,
               c.created_at, c.last_sent_at, m.read_seq, m.left_seq IS NOT NULL AS gone,
               c.avatar_url, c.announcement, c.post_role, c.invite_role, c.approval,
               c.full_history, m.role, m.muted_until,
               greatest(m.joined_seq, m.cleared_seq) AS joined_seq, c.member_count,
               m.pinned, m.muted, m.archived, m.marked_unread, m.draft, m.draft_reply,
               m.cleared_seq, m.hidden_count >= c.message_count AS hidden,
               m.hidden_entries::text,
               least(c.last_seq, coalesce(m.left_seq, c.last_seq)) AS head,
               coalesce(m.left_seq, nullif(c.shown_seq, 0), c.last_seq) AS shown,
               CASE WHEN m.left_seq IS NULL
                    THEN c.message_count - m.read_ordinal - (m.own_count - m.read_own)
                    ELSE 0 END AS unread
        FROM message.member m
        CROSS JOIN LATERAL (SELECT c.id, c.kind, c.title, c.created_at, c.last_sent_at, c.last_seq,
                                   c.shown_seq, c.avatar_url, c.announcement, c.post_role,
                                   c.invite_role, c.approval, c.full_history,
                                   c.message_count, c.member_count, c.changed_xid
                            FROM message.conversation c
                            WHERE c.id = m.conversation_id OFFSET 0) c
        WHERE m.user_id = $1 AND (c.kind <> 1 OR c.last_seq > 0) AND %2$s
      ) p
      LEFT JOIN LATERAL %4$s ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(o.user_id ORDER BY o.user_id) AS users,
               array_agg(o.delivered_seq ORDER BY o.user_id) AS delivered,
               array_agg(o.read_seq ORDER BY o.user_id) AS read
        FROM message.member o
        WHERE o.conversation_id = p.id AND o.user_id <> $1
          AND (o.left_seq IS NULL OR p.kind = 1) -- erased, but still the other one
      ) o ON p.member_count <= %3$d AND NOT p.gone
      LEFT JOIN LATERAL (
        SELECT f.seq AS first_unread_seq FROM message.entry f
        WHERE p.unread > 0 AND f.conversation_id = p.id AND f.seq > p.read_seq AND f.countable AND f.sender <> $1
        ORDER BY f.seq LIMIT 1
      ) f ON true
      LEFT JOIN LATERAL (
        SELECT count(*)::integer AS mentions
        FROM message.mention n JOIN message.entry y
          ON y.conversation_id = n.conversation_id AND y.seq = n.seq AND NOT y.erased
        WHERE p.unread > 0 AND n.conversation_id = p.id AND n.user_id IN ($1, '')
          AND n.seq > p.read_seq AND n.seq <= p.head AND n.sender <> $1
      ) n ON true
      """;

  private static final String ONE = view("m.conversation_id = $2 AND m.left_seq IS NULL");

  /** First which conversations, of all that the user has, then everything about these few. */
  private static final String SYNC =
      "SELECT s.history_id, s.horizon, s.total_unread, r.* FROM (SELECT message.history_id_v1() AS history_id,"
          + " pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,"
          + " y.total_unread, y.ids FROM message.sync_v1($1, $2, $3, $4, $5, $6) y) s"
          + " LEFT JOIN LATERAL ("
          + view("m.conversation_id = ANY (s.ids)")
          + ") r ON true ORDER BY r.last_sent_at DESC, r.id DESC";

  private static final Position START =
      new Position(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

  private final RepeatableSql sql;

  PgConversationStore(SqlClient client) {
    this.sql = new RepeatableSql(client);
  }

  private static String view(String condition) {
    return VIEW.formatted(
        EntryRows.CURRENT,
        condition,
        ConversationView.SMALL,
        EntryRows.current(
            "$1",
            "p.head",
            "p.hidden_entries::int4multirange",
            "x.conversation_id = p.id AND x.seq = p.shown AND x.seq > p.joined_seq"
                + " AND x.type < 30"));
  }

  @Override
  public Future<Boolean> create(NewConversation conversation) {
    Short[] roles =
        conversation.members().stream()
            .map(member -> member.equals(conversation.creator()) ? Role.OWNER : Role.MEMBER)
            .map(role -> (short) role.getNumber())
            .toArray(Short[]::new);
    return sql.execute(
            CREATE,
            Tuple.of(
                conversation.batchId(),
                conversation.bootId(),
                conversation.id(),
                (short) conversation.kind().getNumber(),
                conversation.title(),
                (short) conversation.postRole().getNumber(),
                conversation.creator(),
                conversation.members().toArray(String[]::new),
                roles,
                (short) conversation.firstEntryType(),
                Buffer.buffer(conversation.firstEntry().toByteArray())))
        .map(rows -> rows.iterator().next().getBoolean("made"));
  }

  @Override
  public Future<Boolean> exists(UUID conversationId) {
    return sql.execute(EXISTS, Tuple.of(conversationId))
        .map(rows -> rows.iterator().next().getBoolean("found"));
  }

  @Override
  public Future<Optional<Voice>> voice(UUID conversationId, String userId) {
    return sql.execute(VOICE, Tuple.of(conversationId, userId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Optional.empty();
              }
              Row row = rows.iterator().next();
              return Optional.of(new Voice(row.getInteger("members_seq"), row.getBoolean("muted")));
            });
  }

  @Override
  public Future<Void> block(DirectPair pair, String blockedUser, boolean blocked) {
    return sql.execute(
            BLOCK, Tuple.of(pair.conversationId(), pair.low(), pair.high(), blockedUser, blocked))
        .mapEmpty();
  }

  @Override
  public Future<Set<String>> blockers(String userId, Collection<String> others) {
    UUID[] ids =
        others.stream()
            .map(other -> DirectPair.of(userId, other).conversationId())
            .toArray(UUID[]::new);
    return sql.execute(BLOCKERS, Tuple.of(userId, ids, others.toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> blockers = new HashSet<>();
              rows.forEach(row -> blockers.add(row.getString("user_id")));
              return blockers;
            });
  }

  @Override
  public Future<Optional<Members>> members(UUID conversationId, int most) {
    return sql.execute(MEMBERS, Tuple.of(conversationId, most + 1))
        .map(rows -> members(rows, most));
  }

  private static Optional<Members> members(RowSet<Row> rows, int most) {
    if (rows.size() > most) {
      return Optional.of(Members.large(rows.iterator().next().getInteger("members_seq")));
    }
    int version = -1;
    List<Members.Membership> all = new ArrayList<>(rows.size());
    for (Row row : rows) {
      version = row.getInteger("members_seq");
      if (row.getString("user_id") != null) {
        Integer leftSeq = row.getInteger("left_seq");
        all.add(
            new Members.Membership(
                row.getString("user_id"),
                role(row.getShort("role")),
                row.getInteger("joined_seq"),
                leftSeq == null ? Members.Membership.STAYS : leftSeq));
      }
    }
    return version < 0 ? Optional.empty() : Optional.of(Members.of(version, all));
  }

  @Override
  public Future<SyncPage> sync(String userId, long since, Optional<Position> before, int limit) {
    Position start = before.orElse(START);
    return sql.execute(
            SYNC,
            Tuple.of(
                userId,
                since,
                start.lastSentAt().atOffset(ZoneOffset.UTC),
                start.conversationId(),
                limit,
                ConversationView.SMALL))
        .map(rows -> page(rows, userId));
  }

  private static SyncPage page(RowSet<Row> rows, String userId) {
    List<ConversationView> views = new ArrayList<>(rows.size());
    String historyId = "";
    long horizon = 0;
    int totalUnread = 0;
    for (Row row : rows) {
      historyId = row.getString("history_id");
      horizon = row.getLong("horizon");
      totalUnread = row.getInteger("total_unread");
      if (row.getUUID("id") != null) {
        views.add(view(row, userId));
      }
    }
    return new SyncPage(historyId, horizon, totalUnread, views);
  }

  @Override
  public Future<Optional<ConversationView>> view(UUID conversationId, String userId) {
    return sql.execute(ONE, Tuple.of(userId, conversationId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(view(rows.iterator().next(), userId)));
  }

  private static ConversationView view(Row row, String userId) {
    Kind kind = kind(row.getShort("kind"));
    List<PeerMark> marks = marks(row);
    return new ConversationView(
        row.getUUID("id"),
        kind,
        row.getString("title"),
        kind == Kind.DIRECT
            ? marks.stream().map(PeerMark::userId).findFirst().or(() -> Optional.of(userId))
            : Optional.empty(),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("last_sent_at").toInstant(),
        row.getInteger("head"),
        row.getInteger("read_seq"),
        row.getInteger("unread"),
        row.getInteger("member_count"),
        row.getBoolean("gone"),
        row.getInteger("seq") == null ? Optional.empty() : Optional.of(EntryRows.current(row)),
        marks,
        kind == Kind.DIRECT || row.getBoolean("gone") ? Optional.empty() : Optional.of(group(row)),
        new ReadState(
            number(row, "mentions"),
            number(row, "first_unread_seq"),
            PgSettingsStore.settings(row, row.getUUID("id"))));
  }

  private static int number(Row row, String column) {
    Integer number = row.getInteger(column);
    return number == null ? 0 : number;
  }

  private static Group group(Row row) {
    Group.Builder group =
        Group.newBuilder()
            .setRole(role(row.getShort("role")))
            .setAvatarUrl(row.getString("avatar_url"))
            .setAnnouncement(row.getString("announcement"))
            .setPostRole(role(row.getShort("post_role")))
            .setInviteRole(role(row.getShort("invite_role")))
            .setApproval(row.getBoolean("approval"))
            .setFullHistory(row.getBoolean("full_history"));
    OffsetDateTime mutedUntil = row.getOffsetDateTime("muted_until");
    if (mutedUntil != null) {
      group.setMutedUntil(Contents.toProto(mutedUntil.toInstant()));
    }
    return group.build();
  }

  private static List<PeerMark> marks(Row row) {
    String[] users = row.getArrayOfStrings("users");
    if (users == null) {
      return List.of();
    }
    Integer[] delivered = row.getArrayOfIntegers("delivered");
    Integer[] read = row.getArrayOfIntegers("read");
    List<PeerMark> marks = new ArrayList<>(users.length);
    for (int i = 0; i < users.length; i++) {
      marks.add(new PeerMark(users[i], delivered[i], read[i]));
    }
    return marks;
  }

  /** A number that a newer version has stored is UNKNOWN to this one. */
  private static Kind kind(int number) {
    return Optional.ofNullable(Kind.forNumber(number)).orElse(Kind.UNKNOWN);
  }

  private static Role role(int number) {
    return Optional.ofNullable(Role.forNumber(number)).orElse(Role.UNKNOWN);
  }
}
