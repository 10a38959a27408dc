package io.skein.message;

import io.skein.message.ConversationService.Stored;
import io.skein.message.MarkStore.MarkResult;
import io.skein.message.MarkStore.NewMark;
import io.skein.message.group.GroupCalls;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The parts of one verticle instance, put together. */
record Services(
    MessageService messages,
    BlockService blocks,
    Invitees invitees,
    LookupService lookups,
    SignalService signals,
    ConversationService conversations,
    SyncService sync,
    MarkService marks,
    MarkEvents events,
    AppendLanes lanes,
    OutboxSweeper sweeper,
    Replay replay,
    OutboxRows rows,
    GroupCalls groupCalls) {

  static Services over(StoreSet stores, Surroundings around, MessageConfig config) {
    MessageMetrics metrics = new MessageMetrics(around.meters());
    MemberCache members =
        new MemberCache(stores.conversations(), config.largeFrom() - 1, config.cachedMembers());
    OutboxRows rows = new OutboxRows(stores.outbox(), config.maxDeliveries());
    Deliverer deliverer = new Deliverer(members, around.fanout(), around.broadcast(), rows);
    Redelivery redelivery =
        new Redelivery(
            stores.outbox(), stores.entries(), members, deliverer, rows, around.bootId());
    Repeats repeats = new Repeats(stores.outbox(), redelivery);
    AppendLanes lanes = lanes(stores.lanes(), members, rows, repeats, metrics, around, config);
    OutboxSweeper sweeper =
        new OutboxSweeper(stores.outbox(), redelivery, config.outboxPatience(), System::nanoTime);
    Invitees invitees = new Invitees(around.accounts(), stores.conversations()::blockers);
    MarkEvents events = new MarkEvents(members, around.fanout());
    metrics.queueDepth(around.bootId().toString(), lanes::depth);
    metrics.outboxPending(around.bootId().toString(), sweeper::pending);
    return new Services(
        new MessageService(
            lanes,
            stores.entries(),
            stores.lookups(),
            new DirectConversations(
                stores.conversations(), around.accounts(), config.cachedConversations()),
            config),
        new BlockService(stores.conversations()),
        invitees,
        new LookupService(stores.lookups(), config.pages()),
        new SignalService(stores.conversations(), members, around.fanout(), around.broadcast()),
        new ConversationService(
            new Stored(stores.conversations(), stores.entries()),
            invitees,
            deliverer,
            repeats,
            around.ids(),
            around.bootId(),
            config),
        new SyncService(stores.conversations(), config.pages(), config.maxPageBytes()),
        new MarkService(
            markLane(around.vertx(), stores.markLane()::read, config.lane()),
            markLane(around.vertx(), stores.markLane()::delivered, config.lane()),
            stores.marks(),
            events),
        events,
        lanes,
        sweeper,
        new Replay(around.sessionMemory(), stores.outbox()),
        rows,
        new GroupEntries(deliverer, stores.conversations()));
  }

  /** Each lane delivers by itself, so that a slow conversation keeps back its own lane only. */
  private static AppendLanes lanes(
      List<EntryStore> stores,
      MemberCache members,
      OutboxRows rows,
      Repeats repeats,
      MessageMetrics metrics,
      Surroundings around,
      MessageConfig config) {
    return new AppendLanes(
        stores.stream()
            .map(
                store ->
                    AppendLanes.lane(
                        around.vertx(),
                        new Appender(
                            around.vertx(),
                            store,
                            around.bootId(),
                            config.backoff(),
                            around.ids(),
                            around.random()),
                        delivery(
                            new Deliverer(members, around.fanout(), around.broadcast(), rows),
                            repeats),
                        config.lane(),
                        metrics))
            .toList());
  }

  private static Consumer<Appended> delivery(Deliverer deliverer, Repeats repeats) {
    return appended -> {
      deliverer.deliver(appended.fresh(), appended.batchIds());
      repeats.add(appended.repeated());
    };
  }

  private static BatchLane<NewMark, MarkResult> markLane(
      Vertx vertx, BatchLane.Work<NewMark, MarkResult> move, LaneLimits limits) {
    return new BatchLane<>(
        vertx, move, NewMark::place, MarkResult::isBusy, limits, System::nanoTime);
  }
}
