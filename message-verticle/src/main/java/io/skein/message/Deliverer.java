package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.Appended.Fresh;
import io.skein.message.Outbox.Wakeup;
import io.skein.protocol.internal.v1.Broadcast;
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
  private final Broadcaster broadcast;
  private final OutboxRows rows;

  /** Completes when the last batch has set off. */
  private Future<?> lastSetOff = Future.succeededFuture();

  Deliverer(MemberCache members, Fanout fanout, Broadcaster broadcast, OutboxRows rows) {
    this.members = members;
    this.fanout = fanout;
    this.broadcast = broadcast;
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
    Future<Addressed> ready = lastSetOff.transform(before -> addressed(fresh));
    lastSetOff = ready;
    return ready
        .compose(
            all ->
                Future.join(fanout.deliver(all.deliveries), broadcast.broadcast(all.broadcasts))
                    .map(all))
        .onSuccess(all -> rows.delivered(batchIds, all.wakeups))
        .onFailure(
            failure -> {
              LOG.info("a delivery waits in the outbox: {}", failure.toString());
              rows.failed(batchIds);
            })
        .mapEmpty();
  }

  /** What goes which way. */
  private static final class Addressed {
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Broadcast> broadcasts = new ArrayList<>();
    private final List<Wakeup> wakeups = new ArrayList<>();

    private void add(Fresh fresh, Members members) {
      if (!members.large()) {
        deliveries.add(delivery(fresh, members));
        return;
      }
      Entry entry = fresh.entry();
      broadcasts.add(broadcastOf(fresh, members));
      if (!Contents.isQuiet(entry)) {
        wakeups.add(new Wakeup(entry.conversationId(), entry.seq(), entry.sender()));
      }
    }
  }

  private Future<Addressed> addressed(List<Fresh> fresh) {
    Map<UUID, Integer> versions = new HashMap<>();
    fresh.forEach(one -> versions.merge(one.entry().conversationId(), one.membersSeq(), Math::max));
    Map<UUID, Members> found = new HashMap<>();
    List<Future<Members>> lookups = new ArrayList<>();
    versions.forEach(
        (id, version) ->
            lookups.add(members.get(id, version).onSuccess(list -> found.put(id, list))));
    return Future.all(lookups)
        .map(
            all -> {
              Addressed addressed = new Addressed();
              fresh.forEach(one -> addressed.add(one, found.get(one.entry().conversationId())));
              return addressed;
            });
  }

  private static ByteString event(Entry entry) {
    return Event.newBuilder().setEntry(Contents.toProto(entry)).build().toByteString();
  }

  private static Broadcast broadcastOf(Fresh fresh, Members members) {
    Entry entry = fresh.entry();
    return Broadcast.newBuilder()
        .setEvent(event(entry))
        .setConversationId(entry.conversationId().toString())
        .setMembersSeq(members.version())
        .setSeq(entry.seq())
        .setQuiet(Contents.isQuiet(entry))
        .setExcludeSession(fresh.originSession())
        .setSender(entry.sender())
        .build();
  }

  private static Delivery delivery(Fresh fresh, Members members) {
    Entry entry = fresh.entry();
    Delivery.Builder delivery =
        Delivery.newBuilder()
            .setEvent(event(entry))
            .addAllRecipients(members.entitledTo(entry.seq()))
            .setExcludeSession(fresh.originSession())
            .setSender(entry.sender());
    return Contents.isQuiet(entry)
        ? delivery.build()
        : delivery.setConversationId(entry.conversationId().toString()).setSeq(entry.seq()).build();
  }
}
