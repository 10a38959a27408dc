package io.skein.message.large;

import io.skein.message.RepeatableSql;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.Membership;
import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Answers gateways who of their users is a member, and what has changed since they asked last. */
public final class MembershipService {
  private static final int MOST_USERS = 5_000;
  private static final int MOST_CHANGES = 1_000;

  /** One statement is one snapshot. The version stands in each row, and in one of its own. */
  private static final String MEMBERSHIPS =
      """
      SELECT c.members_seq, m.user_id, m.joined_seq, m.left_seq, m.change
      FROM message.conversation c LEFT JOIN LATERAL (
        SELECT m.user_id, m.joined_seq, m.left_seq, false AS change FROM message.member m
        WHERE m.conversation_id = c.id AND m.user_id = ANY ($2)
        UNION ALL (
          SELECT m.user_id, m.joined_seq, m.left_seq, true FROM message.member m
          WHERE $3 > 0 AND m.conversation_id = c.id AND m.list_seq > 0 AND m.list_seq > $3
          ORDER BY m.list_seq LIMIT $4)
      ) m ON true
      WHERE c.id = $1
      """;

  private final RepeatableSql sql;

  public MembershipService(RepeatableSql sql) {
    this.sql = sql;
  }

  /** See {@code log.memberships}. */
  public Future<MembershipsReply> memberships(MembershipsRequest request) {
    if (request.getUserIdsCount() > MOST_USERS) {
      throw new SkeinException(ErrorCode.TOO_LARGE, "at most " + MOST_USERS + " users at once");
    }
    return sql.execute(
            MEMBERSHIPS,
            Tuple.of(
                ConversationIds.parse(request.getConversationId(), "conversationId"),
                request.getUserIdsList().toArray(String[]::new),
                request.getSinceVersion(),
                MOST_CHANGES + 1))
        .map(MembershipService::reply);
  }

  private static MembershipsReply reply(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw new SkeinException(ErrorCode.NOT_FOUND, "no such conversation");
    }
    MembershipsReply.Builder reply = MembershipsReply.newBuilder();
    int changes = 0;
    for (Row row : rows) {
      reply.setVersion(row.getInteger("members_seq"));
      if (row.getString("user_id") != null) {
        Integer leftSeq = row.getInteger("left_seq");
        reply.addMemberships(
            Membership.newBuilder()
                .setUserId(row.getString("user_id"))
                .setJoinedSeq(row.getInteger("joined_seq"))
                .setLeftSeq(leftSeq == null ? 0 : leftSeq));
        changes += row.getBoolean("change") ? 1 : 0;
      }
    }
    return changes > MOST_CHANGES
        ? MembershipsReply.newBuilder().setVersion(reply.getVersion()).setReset(true).build()
        : reply.build();
  }
}
