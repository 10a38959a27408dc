package io.skein.presence;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.mesh.Ring;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Presence.Status;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pushes the present state of users to those who watch them: many pushes in a call to a session
 * instance, and few calls at a time.
 */
final class WatcherPush {
  private static final Rpc<DeliverRequest, DeliverReply> DELIVER =
      Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class);

  /** In one call: a storm must not become one huge message on the bus. */
  static final int MOST_IN_CALL = 1_000;

  private static final CallContext BUDGET = CallContext.internal(Duration.ofSeconds(5));

  private final PresenceStore store;
  private final WatchStore watches;
  private final Bus bus;
  private final Ring ring;
  private final PresenceMetrics metrics;

  WatcherPush(
      PresenceStore store, WatchStore watches, Bus bus, Ring ring, PresenceMetrics metrics) {
    this.store = store;
    this.watches = watches;
    this.bus = bus;
    this.ring = ring;
    this.metrics = metrics;
  }

  /**
   * Pushes what watchers do not know yet: who was away for a moment only was never away.
   *
   * @param due what users changed to. Who came and is away again by now is left out: that is told
   *     when it is due itself.
   */
  Future<Void> tell(Map<String, Status> due) {
    List<String> userIds = List.copyOf(due.keySet());
    return store
        .unsettled(userIds)
        .compose(changes -> store.untold(userIds).compose(news -> tellRipe(news, due, changes)));
  }

  private Future<Void> tellRipe(
      List<Presence> news, Map<String, Status> due, Map<String, Long> changes) {
    Map<String, Long> settled = new HashMap<>(changes);
    List<Presence> ripe = new ArrayList<>();
    for (Presence presence : news) {
      if (isEarly(presence, due)) {
        settled.remove(presence.getUserId());
      } else {
        ripe.add(presence);
      }
    }
    return tellNews(ripe).compose(told -> store.settle(settled));
  }

  private static boolean isEarly(Presence presence, Map<String, Status> due) {
    return presence.getStatus() != Status.ONLINE && due.get(presence.getUserId()) == Status.ONLINE;
  }

  private Future<Void> tellNews(List<Presence> news) {
    return store
        .telling(news)
        .compose(shown -> toWatchers(news))
        .compose(pushed -> store.told(news));
  }

  private Future<Void> toWatchers(List<Presence> presences) {
    List<Future<List<Delivery>>> all = presences.stream().map(this::deliveries).toList();
    return Future.all(all).compose(found -> deliver(all.stream().map(Future::result).toList()));
  }

  private Future<List<Delivery>> deliveries(Presence presence) {
    return watches
        .watchers(presence.getUserId())
        .map(
            watchers -> {
              Event event = Event.newBuilder().setPresence(presence).build();
              List<Delivery> deliveries = new ArrayList<>();
              watchers.forEach(
                  (session, watcher) ->
                      deliveries.add(
                          Delivery.newBuilder()
                              .setEvent(event.toByteString())
                              .addRecipients(watcher)
                              .setOnlySession(session)
                              .setTransient(true)
                              .build()));
              return deliveries;
            });
  }

  private Future<Void> deliver(List<List<Delivery>> deliveries) {
    Map<String, List<Delivery>> byHome = new HashMap<>();
    for (Delivery delivery : deliveries.stream().flatMap(List::stream).toList()) {
      ring.pick(DELIVER.info().owner(), delivery.getRecipients(0))
          .ifPresent(
              home -> byHome.computeIfAbsent(home.id(), first -> new ArrayList<>()).add(delivery));
    }
    List<Future<Void>> calls = new ArrayList<>();
    byHome.forEach((home, all) -> calls.add(deliver(home, all)));
    return Future.join(calls).mapEmpty();
  }

  /** One call after the other. */
  private Future<Void> deliver(String home, List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return Future.succeededFuture();
    }
    int size = Math.min(MOST_IN_CALL, deliveries.size());
    DeliverRequest request =
        DeliverRequest.newBuilder().addAllDeliveries(deliveries.subList(0, size)).build();
    return bus.callInstance(DELIVER, home, request, BUDGET)
        .onSuccess(delivered -> metrics.pushed(size))
        .compose(delivered -> deliver(home, deliveries.subList(size, deliveries.size())));
  }
}
