package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.Appended.Fresh;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Event;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings new entries to those who may see them, in the order in which batches were committed: the
 * next batch sets off when this one has. Must be used from one event loop only.
 */
final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

  private final MemberCache members;
  private final Fanout fanout;
  private final OutboxRows rows;

  /** Completes when the last batch has set off. */
  private Future<?> lastSetOff = Future.succeededFuture();

  Deliverer(MemberCache members, Fanout fanout, OutboxRows rows) {
    this.members = members;
    this.fanout = fanout;
    this.rows = rows;
  }

  /**
   * Delivers a batch and marks its outbox rows. What fails here stays in the outbox, where it is
   * found again; so does what would be too much at once.
   *
   * @return succeeds when the rows have been handed over to be marked; it need not be waited for
   */
  Future<Void> deliver(List<Fresh> fresh, List<UUID> batchIds) {
    if (batchIds.isEmpty()) {
      return Future.succeededFuture(); // Nothing was appended, so there is no row.
    }
    if (!rows.begin(batchIds)) {
      return Future.failedFuture("too many deliveries are under way; the outbox keeps this one");
    }
    Future<List<Delivery>> ready = lastSetOff.transform(before -> deliveries(fresh));
    lastSetOff = ready;
    return ready
        .compose(fanout::deliver)
        .onComplete(
            done -> {
              if (done.failed()) {
                LOG.info("a delivery waits in the outbox: {}", done.cause().toString());
              }
              rows.end(batchIds, done.succeeded());
            });
  }

  private Future<List<Delivery>> deliveries(List<Fresh> fresh) {
    Map<UUID, Integer> versions = new HashMap<>();
    fresh.forEach(one -> versions.merge(one.entry().conversationId(), one.membersSeq(), Math::max));
    Map<UUID, Members> found = new HashMap<>();
    List<Future<Members>> lookups = new ArrayList<>();
    versions.forEach(
        (id, version) ->
            lookups.add(members.get(id, version).onSuccess(list -> found.put(id, list))));
    return Future.all(lookups).map(all -> fresh.stream().map(one -> delivery(one, found)).toList());
  }

  private static Delivery delivery(Fresh fresh, Map<UUID, Members> members) {
    Entry entry = fresh.entry();
    ByteString event = Event.newBuilder().setEntry(Contents.toProto(entry)).build().toByteString();
    Delivery.Builder delivery =
        Delivery.newBuilder()
            .setEvent(event)
            .addAllRecipients(members.get(entry.conversationId()).entitledTo(entry.seq()))
            .setExcludeSession(fresh.originSession())
            .setSender(entry.sender());
    return Contents.isQuiet(entry)
        ? delivery.build()
        : delivery.setConversationId(entry.conversationId().toString()).setSeq(entry.seq()).build();
  }
}
