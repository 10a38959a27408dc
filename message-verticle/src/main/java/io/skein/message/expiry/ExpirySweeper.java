package io.skein.message.expiry;

import com.google.protobuf.ByteString;
import io.skein.message.Caller;
import io.skein.message.Transactions;
import io.skein.message.group.GroupCalls;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Recall;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Recalls messages whose time is over, one in a transaction. Any number of instances may sweep at
 * the same time; what one has locked the others pass by.
 */
public final class ExpirySweeper {
  /** In one sweep, so that a flood does not keep the connections from others for long. */
  private static final int AT_ONCE = 500;

  private static final int LOOKS = 100;
  private static final String DUE =
      "SELECT conversation_id, seq, sender FROM message.due_v1(" + LOOKS + ")";
  private static final String EXPIRE =
      "SELECT seq, sent_at, members_seq FROM message.expire_v1($1, $2, $3, $4, $5, $6)";

  private final Transactions transactions;
  private final GroupCalls log;
  private final UUID bootId;
  private final Supplier<UUID> ids;

  /**
   * A sweeper.
   *
   * @param log brings the recalls to the members
   * @param bootId of this process, which delivers them
   */
  public ExpirySweeper(Transactions transactions, GroupCalls log, UUID bootId, Supplier<UUID> ids) {
    this.transactions = transactions;
    this.log = log;
    this.bootId = bootId;
    this.ids = ids;
  }

  /**
   * Recalls what is due, to be called again and again.
   *
   * @return how many there were
   */
  public Future<Integer> sweep() {
    return sweep(0);
  }

  private Future<Integer> sweep(int done) {
    return transactions
        .run(this::expireOne)
        .compose(
            expired -> {
              if (expired.isEmpty()) {
                return Future.succeededFuture(done);
              }
              deliver(expired.get());
              return done + 1 < AT_ONCE ? sweep(done + 1) : Future.succeededFuture(done + 1);
            });
  }

  private record Expired(UUID conversationId, String sender, GroupCalls.Delivered recall) {}

  private Future<Optional<Expired>> expireOne(SqlConnection connection) {
    return connection
        .preparedQuery(DUE)
        .execute()
        .map(rows -> rows.iterator().next())
        .compose(
            due ->
                due.getInteger("seq") == null
                    ? Future.succeededFuture(Optional.empty())
                    : expire(connection, due).map(Optional::of));
  }

  private Future<Expired> expire(SqlConnection connection, Row due) {
    UUID batchId = ids.get();
    UUID conversationId = due.getUUID("conversation_id");
    String sender = due.getString("sender");
    ByteString body =
        Recall.newBuilder().setSeq(due.getInteger("seq")).setExpired(true).build().toByteString();
    return connection
        .preparedQuery(EXPIRE)
        .execute(
            Tuple.of(
                batchId,
                bootId,
                conversationId,
                due.getInteger("seq"),
                sender,
                Buffer.buffer(body.toByteArray())))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Expired(
                    conversationId,
                    sender,
                    new GroupCalls.Delivered(
                        Entry.RECALL_FIELD_NUMBER,
                        body,
                        row.getInteger("seq"),
                        row.getOffsetDateTime("sent_at").toInstant(),
                        row.getInteger("members_seq"),
                        batchId)));
  }

  /** To all devices of the sender, too. */
  private void deliver(Expired expired) {
    Caller sender = new Caller(expired.sender(), "", Optional.empty(), 0);
    log.deliver(sender, expired.conversationId(), expired.recall());
  }
}
