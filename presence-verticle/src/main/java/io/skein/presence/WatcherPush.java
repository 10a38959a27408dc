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
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pushes the present state of users to those who watch them: one call for each session instance.
 */
final class WatcherPush {
  private static final Rpc<DeliverRequest, DeliverReply> DELIVER =
      Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class);
  private static final CallContext BUDGET = CallContext.internal(Duration.ofSeconds(5));

  private final PresenceStore store;
  private final WatchStore watches;
  private final Bus bus;
  private final Ring ring;

  WatcherPush(PresenceStore store, WatchStore watches, Bus bus, Ring ring) {
    this.store = store;
    this.watches = watches;
    this.bus = bus;
    this.ring = ring;
  }

  /** Pushes what watchers do not know yet: who was away for a moment only was never away. */
  Future<Void> tell(List<String> userIds) {
    return store
        .unsettled(userIds)
        .compose(
            changes ->
                store
                    .untold(userIds)
                    .compose(news -> toWatchers(news).compose(pushed -> store.told(news)))
                    .compose(told -> store.settle(changes)));
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
    Map<String, DeliverRequest.Builder> byHome = new HashMap<>();
    for (Delivery delivery : deliveries.stream().flatMap(List::stream).toList()) {
      ring.pick(DELIVER.info().owner(), delivery.getRecipients(0))
          .ifPresent(
              home ->
                  byHome
                      .computeIfAbsent(home.id(), first -> DeliverRequest.newBuilder())
                      .addDeliveries(delivery));
    }
    List<Future<DeliverReply>> calls = new ArrayList<>();
    byHome.forEach(
        (home, request) -> calls.add(bus.callInstance(DELIVER, home, request.build(), BUDGET)));
    return Future.join(calls).mapEmpty();
  }
}
