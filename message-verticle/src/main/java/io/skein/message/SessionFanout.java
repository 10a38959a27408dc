package io.skein.message;

import io.skein.mesh.Bus;
import io.skein.mesh.CallContext;
import io.skein.mesh.Instance;
import io.skein.mesh.Ring;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits deliveries by the session instance of each recipient: one bus call for each instance. */
final class SessionFanout implements Fanout {
  private static final Rpc<DeliverRequest, DeliverReply> DELIVER =
      Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class);
  private static final String SESSION = "session";

  private final Bus bus;
  private final Ring ring;
  private final Duration budget;

  SessionFanout(Bus bus, Ring ring, Duration budget) {
    this.bus = bus;
    this.ring = ring;
    this.budget = budget;
  }

  @Override
  public Future<Void> deliver(List<Delivery> deliveries) {
    Set<String> recipients = new LinkedHashSet<>();
    deliveries.forEach(delivery -> recipients.addAll(delivery.getRecipientsList()));
    if (recipients.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<Instance, List<String>> homes = ring.partition(SESSION, recipients);
    if (homes.isEmpty()) {
      return Future.failedFuture(
          new SkeinException(ErrorCode.UNAVAILABLE, "there is no session service at the moment"));
    }
    Map<String, Instance> homeOf = new LinkedHashMap<>();
    homes.forEach((instance, users) -> users.forEach(user -> homeOf.put(user, instance)));
    Map<Instance, DeliverRequest.Builder> requests = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      split(delivery, homeOf)
          .forEach(
              (instance, part) ->
                  requests
                      .computeIfAbsent(instance, first -> DeliverRequest.newBuilder())
                      .addDeliveries(part));
    }
    List<Future<DeliverReply>> calls = new ArrayList<>();
    requests.forEach((instance, request) -> calls.add(call(instance, request.build())));
    return Future.join(calls).mapEmpty();
  }

  /** The event is encoded once: the parts share its bytes. */
  private static Map<Instance, Delivery> split(Delivery delivery, Map<String, Instance> homeOf) {
    Map<Instance, Delivery.Builder> parts = new LinkedHashMap<>();
    for (String user : delivery.getRecipientsList()) {
      parts
          .computeIfAbsent(homeOf.get(user), first -> delivery.toBuilder().clearRecipients())
          .addRecipients(user);
    }
    Map<Instance, Delivery> built = new LinkedHashMap<>();
    parts.forEach((instance, part) -> built.put(instance, part.build()));
    return built;
  }

  private Future<DeliverReply> call(Instance instance, DeliverRequest request) {
    return bus.callInstance(DELIVER, instance.id(), request, CallContext.internal(budget));
  }
}
