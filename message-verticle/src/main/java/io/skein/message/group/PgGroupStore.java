package io.skein.message.group;

import io.skein.message.RepeatableSql;
import io.skein.message.Transactions;
import io.skein.message.group.Locked.Details;
import io.skein.protocol.v1.DetailsChanged;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Groups in Postgres: see {@code db/migration/message}. */
final class PgGroupStore implements GroupStore {
  private static final String LOCK =
      """
      SELECT c.kind, c.member_count, c.title, c.avatar_url, c.announcement, c.post_role,
             c.invite_role, c.approval, c.full_history, now() AS now
      FROM message.conversation c WHERE c.id = $1 FOR NO KEY UPDATE
      """;

  /** After the lock, so that it sees what those did who held it before. */
  private static final String STANDINGS =
      """
      SELECT m.user_id, m.role, m.muted_until FROM message.member m
      WHERE m.conversation_id = $1 AND m.user_id = ANY ($2) AND m.left_seq IS NULL
      """;

  private static final String IS_GOOD =
      """
      SELECT EXISTS (SELECT FROM message.invite_code i
                     WHERE i.code = $2 AND i.conversation_id = $1 AND i.expires_at > now()
                       AND (i.uses_left IS NULL OR i.uses_left > 0)) AS good
      """;

  private static final String USE_CODE =
      "UPDATE message.invite_code SET uses_left = uses_left - 1 WHERE code = $1";

  private static final String CHANGE =
      "SELECT seq, sent_at, members_seq FROM message.change_group_v1($1, $2, $3, $4, $5, $6, $7,"
          + " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

  private static final String MEMBERS =
      """
      SELECT m.user_id, m.role, m.muted_until FROM message.member m
      WHERE m.conversation_id = $1 AND m.user_id > $2 AND m.left_seq IS NULL
      ORDER BY m.user_id LIMIT $3
      """;

  /** Of members who came with the same entry, or see everything, the first by id. */
  private static final String SUCCESSOR =
      """
      SELECT m.user_id FROM message.member m
      WHERE m.conversation_id = $1 AND m.user_id <> $2 AND m.left_seq IS NULL AND EXISTS (
        SELECT FROM message.member o
        WHERE o.conversation_id = $1 AND o.user_id = $2 AND o.left_seq IS NULL AND o.role = 1)
      ORDER BY m.role <> 2, m.joined_seq, m.user_id LIMIT 1
      """;

  private final Transactions transactions;
  private final RepeatableSql reads;
  private final UUID bootId;
  private final Supplier<UUID> ids;

  PgGroupStore(Transactions transactions, RepeatableSql reads, UUID bootId, Supplier<UUID> ids) {
    this.transactions = transactions;
    this.reads = reads;
    this.bootId = bootId;
    this.ids = ids;
  }

  @Override
  public Future<Optional<Made>> change(
      UUID conversationId,
      List<String> users,
      Optional<String> code,
      Function<Locked, Optional<GroupChange>> decision) {
    return transactions.run(
        connection ->
            lock(connection, conversationId, users, code)
                .compose(
                    locked -> {
                      Optional<GroupChange> change = decision.apply(locked);
                      return change.isEmpty()
                          ? Future.succeededFuture(Optional.empty())
                          : make(connection, conversationId, users.getFirst(), change.get())
                              .compose(made -> use(connection, code).map(Optional.of(made)));
                    }));
  }

  @Override
  public Future<List<Made>> depart(UUID conversationId, String userId, Departure decision) {
    return transactions.run(
        connection ->
            lock(connection, conversationId, List.of(userId), Optional.empty())
                .compose(
                    locked ->
                        successor(connection, conversationId, userId)
                            .map(next -> decision.decide(locked, userId, next)))
                .compose(changes -> makeAll(connection, conversationId, userId, changes)));
  }

  private static Future<Optional<String>> successor(
      SqlConnection connection, UUID id, String userId) {
    return connection
        .preparedQuery(SUCCESSOR)
        .execute(Tuple.of(id, userId))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("user_id")));
  }

  private Future<List<Made>> makeAll(
      SqlConnection connection, UUID id, String actor, List<GroupChange> changes) {
    List<Made> all = new ArrayList<>();
    Future<?> chain = Future.succeededFuture();
    for (GroupChange change : changes) {
      chain = chain.compose(done -> make(connection, id, actor, change).map(all::add));
    }
    return chain.map(done -> all);
  }

  private static Future<Locked> lock(
      SqlConnection connection, UUID id, List<String> users, Optional<String> code) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(id))
        .compose(
            found ->
                found.size() == 0
                    ? Future.failedFuture(Locked.notFound())
                    : Future.succeededFuture(found.iterator().next()))
        .compose(
            row ->
                isGood(connection, id, code)
                    .compose(
                        good ->
                            connection
                                .preparedQuery(STANDINGS)
                                .execute(
                                    Tuple.tuple()
                                        .addUUID(id)
                                        .addArrayOfString(users.toArray(String[]::new)))
                                .map(members -> locked(row, good, members))));
  }

  private static Future<Boolean> isGood(SqlConnection connection, UUID id, Optional<String> code) {
    return code.isEmpty()
        ? Future.succeededFuture(false)
        : connection
            .preparedQuery(IS_GOOD)
            .execute(Tuple.of(id, code.get()))
            .map(rows -> rows.iterator().next().getBoolean("good"));
  }

  private static Locked locked(Row row, boolean invited, RowSet<Row> members) {
    Map<String, Standing> standings = new HashMap<>();
    members.forEach(member -> standings.put(member.getString("user_id"), standing(member)));
    return new Locked(
        Rows.kind(row.getShort("kind")),
        row.getInteger("member_count"),
        new Details(
            row.getString("title"),
            row.getString("avatar_url"),
            row.getString("announcement"),
            Rows.role(row.getShort("post_role")),
            Rows.role(row.getShort("invite_role")),
            row.getBoolean("approval"),
            row.getBoolean("full_history")),
        invited,
        standings,
        row.getOffsetDateTime("now").toInstant());
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getString("user_id"),
        Rows.role(row.getShort("role")),
        Optional.ofNullable(row.getOffsetDateTime("muted_until")).map(OffsetDateTime::toInstant));
  }

  private Future<Made> make(SqlConnection connection, UUID id, String actor, GroupChange change) {
    UUID batchId = ids.get();
    return connection
        .preparedQuery(CHANGE)
        .execute(parameters(batchId, id, actor, change))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Made(
                    change,
                    batchId,
                    row.getInteger("seq"),
                    row.getOffsetDateTime("sent_at").toInstant(),
                    row.getInteger("members_seq")));
  }

  private Tuple parameters(UUID batchId, UUID id, String actor, GroupChange change) {
    List<String> roleUsers = List.copyOf(change.roles().keySet());
    DetailsChanged details = change.details();
    return Tuple.tuple()
        .addUUID(batchId)
        .addUUID(bootId)
        .addUUID(id)
        .addString(actor)
        .addArrayOfString(change.joined().toArray(String[]::new))
        .addArrayOfString(change.left().toArray(String[]::new))
        .addArrayOfString(roleUsers.toArray(String[]::new))
        .addArrayOfShort(
            roleUsers.stream()
                .map(user -> (short) change.roles().get(user).getNumber())
                .toArray(Short[]::new))
        .addArrayOfString(change.muted().toArray(String[]::new))
        .addOffsetDateTime(
            change.mutedUntil().map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null))
        .addString(details.hasTitle() ? details.getTitle() : null)
        .addString(details.hasAvatarUrl() ? details.getAvatarUrl() : null)
        .addString(details.hasAnnouncement() ? details.getAnnouncement() : null)
        .addShort(details.hasPostRole() ? (short) details.getPostRole().getNumber() : null)
        .addShort(details.hasInviteRole() ? (short) details.getInviteRole().getNumber() : null)
        .addBoolean(details.hasApproval() ? details.getApproval() : null)
        .addBoolean(details.hasFullHistory() ? details.getFullHistory() : null)
        .addShort((short) change.entryType())
        .addBuffer(Buffer.buffer(change.entry().toByteArray()));
  }

  private static Future<?> use(SqlConnection connection, Optional<String> code) {
    return code.isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(USE_CODE).execute(Tuple.of(code.get()));
  }

  @Override
  public Future<Optional<Standing>> standing(UUID conversationId, String userId) {
    return reads
        .execute(
            STANDINGS,
            Tuple.tuple().addUUID(conversationId).addArrayOfString(new String[] {userId}))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(standing(rows.iterator().next())));
  }

  @Override
  public Future<List<Standing>> members(UUID conversationId, String afterUser, int limit) {
    return reads
        .execute(MEMBERS, Tuple.of(conversationId, afterUser, limit))
        .map(
            rows -> {
              List<Standing> members = new ArrayList<>(rows.size());
              rows.forEach(row -> members.add(standing(row)));
              return members;
            });
  }
}
