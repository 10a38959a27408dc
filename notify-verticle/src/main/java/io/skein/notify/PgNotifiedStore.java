package io.skein.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** In Postgres: see {@code db/migration/notify}. */
final class PgNotifiedStore implements NotifiedStore {
  private static final String CLAIM =
      """
      INSERT INTO notify.notified AS n
        (user_id, conversation_id, claimed_by, claimed_seq, claimed_until)
      SELECT user_id, conversation_id, $4, seq, now() + $5 * interval '1 millisecond'
      FROM unnest($1::text[], $2::uuid[], $3::int[]) AS wanted (user_id, conversation_id, seq)
      ON CONFLICT (user_id, conversation_id) DO UPDATE
      SET claimed_by = excluded.claimed_by, claimed_seq = excluded.claimed_seq,
        claimed_until = excluded.claimed_until
      WHERE n.notified_seq < excluded.claimed_seq
        AND (n.claimed_until IS NULL OR n.claimed_until < now())
      RETURNING user_id, conversation_id
      """;

  private static final String REFUSED =
      """
      SELECT n.user_id, n.conversation_id, n.notified_seq >= wanted.seq AS notified
      FROM unnest($1::text[], $2::uuid[], $3::int[]) AS wanted (user_id, conversation_id, seq)
      JOIN notify.notified n USING (user_id, conversation_id)
      """;

  private static final String NOTIFIED =
      """
      UPDATE notify.notified
      SET notified_seq = greatest(notified_seq, $3), changed_at = now(),
        claimed_until = CASE WHEN claimed_by = $4 THEN NULL ELSE claimed_until END
      WHERE user_id = $1 AND conversation_id = $2
      """;

  private static final String RELEASE =
      """
      UPDATE notify.notified SET claimed_until = NULL
      WHERE user_id = $1 AND conversation_id = $2 AND claimed_by = $3
      """;

  private static final String FORGET =
      """
      DELETE FROM notify.notified WHERE user_id = $1 AND conversation_id IN (
        SELECT n.conversation_id FROM notify.notified n WHERE n.user_id = $1
        ORDER BY n.conversation_id LIMIT $2)
      """;

  /** All who claim lock rows in this order, so that none waits for another in a circle. */
  private static final Comparator<Claim> ORDER =
      Comparator.comparing((Claim claim) -> claim.topic().userId())
          .thenComparing(claim -> claim.topic().conversationId());

  private final SqlClient client;

  PgNotifiedStore(SqlClient client) {
    this.client = client;
  }

  @Override
  public Future<Map<Topic, Verdict>> claim(List<Claim> claims, String owner, Duration lease) {
    List<Claim> ordered = claims.stream().sorted(ORDER).toList();
    Tuple arguments = columns(ordered).addString(owner).addLong(lease.toMillis());
    return client
        .preparedQuery(CLAIM)
        .execute(arguments)
        .compose(
            granted -> {
              Map<Topic, Verdict> verdicts = new HashMap<>();
              granted.forEach(row -> verdicts.put(topic(row), Verdict.GRANTED));
              return addRefused(ordered, verdicts);
            });
  }

  private Future<Map<Topic, Verdict>> addRefused(List<Claim> all, Map<Topic, Verdict> verdicts) {
    List<Claim> refused =
        all.stream().filter(claim -> !verdicts.containsKey(claim.topic())).toList();
    if (refused.isEmpty()) {
      return Future.succeededFuture(verdicts);
    }
    return client
        .preparedQuery(REFUSED)
        .execute(columns(refused))
        .map(
            rows -> {
              rows.forEach(
                  row ->
                      verdicts.put(
                          topic(row),
                          row.getBoolean("notified") ? Verdict.NOTIFIED : Verdict.BUSY));
              return verdicts;
            });
  }

  private static Tuple columns(List<Claim> claims) {
    return Tuple.of(
        claims.stream().map(claim -> claim.topic().userId()).toArray(String[]::new),
        claims.stream().map(claim -> id(claim.topic())).toArray(UUID[]::new),
        claims.stream().map(Claim::seq).toArray(Integer[]::new));
  }

  private static Topic topic(Row row) {
    return new Topic(row.getString("user_id"), row.getUUID("conversation_id").toString());
  }

  private static UUID id(Topic topic) {
    return UUID.fromString(topic.conversationId());
  }

  @Override
  public Future<Void> notified(Topic topic, int seq, String owner) {
    return client
        .preparedQuery(NOTIFIED)
        .execute(Tuple.of(topic.userId(), id(topic), seq, owner))
        .mapEmpty();
  }

  @Override
  public Future<Integer> forget(String userId, int limit) {
    return client.preparedQuery(FORGET).execute(Tuple.of(userId, limit)).map(SqlResult::rowCount);
  }

  @Override
  public Future<Void> release(Topic topic, String owner) {
    return client
        .preparedQuery(RELEASE)
        .execute(Tuple.of(topic.userId(), id(topic), owner))
        .mapEmpty();
  }
}
