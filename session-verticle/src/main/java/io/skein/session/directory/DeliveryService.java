package io.skein.session.directory;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.internal.v1.Hint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to the gateways that hold their recipients, and those whom none holds to notify.
 * Answers only when all of them have acknowledged: until then the sender tries again.
 */
final class DeliveryService {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryService.class);

  /** A gateway may be asked to push before it has learned that the session was opened. */
  private static final Duration YOUNG = Duration.ofSeconds(5);

  /** Below the time after which the bus gives an attempt to deliver up and begins another one. */
  private static final Duration MAX_PUSH = Duration.ofMillis(1500);

  private final Directory directory;
  private final PushCounters counters;
  private final Gateways gateways;
  private final Notify notify;
  private final LongSupplier nanos;

  DeliveryService(
      Directory directory,
      PushCounters counters,
      Gateways gateways,
      Notify notify,
      LongSupplier nanos) {
    this.directory = directory;
    this.counters = counters;
    this.gateways = gateways;
    this.notify = notify;
    this.nanos = nanos;
  }

  Future<DeliverReply> deliver(DeliverRequest request, Duration budget) {
    Set<String> recipients = new LinkedHashSet<>();
    request.getDeliveriesList().forEach(it -> recipients.addAll(it.getRecipientsList()));
    return directory
        .find(recipients)
        .map(found -> plan(request, found))
        .compose(plan -> push(plan, budget).compose(pushed -> enqueue(plan, budget)))
        .map(DeliverReply.getDefaultInstance());
  }

  private PushPlan plan(DeliverRequest request, Map<String, List<LiveSession>> found) {
    PushPlan plan = new PushPlan(counters, gateways::isMember);
    for (Delivery delivery : request.getDeliveriesList()) {
      plan.add(delivery, found);
    }
    return plan;
  }

  private Future<Void> push(PushPlan plan, Duration budget) {
    Duration part = budget.dividedBy(2);
    Duration patience = part.compareTo(MAX_PUSH) < 0 ? part : MAX_PUSH;
    List<Future<Void>> pushes = new ArrayList<>();
    plan.parts().forEach((gateway, it) -> pushes.add(push(gateway, it, patience)));
    return Future.join(pushes).mapEmpty();
  }

  private Future<Void> push(String gateway, PushPlan.Part part, Duration budget) {
    if (!gateways.isMember(gateway)) {
      // Its users count as offline until they come back through another one.
      return Future.succeededFuture();
    }
    return gateways
        .push(gateway, part.request(), budget)
        .compose(
            reply -> {
              forget(part.acknowledged(reply));
              return Future.succeededFuture();
            },
            failure -> {
              if (gateways.isMember(gateway) && part.isDurable()) {
                return Future.failedFuture(
                    new SkeinException(
                        ErrorCode.UNAVAILABLE,
                        "gateway " + gateway + " does not answer: " + failure.getMessage()));
              }
              LOG.debug("Gateway {} was not reached", gateway, failure);
              return Future.succeededFuture();
            });
  }

  private void forget(List<LiveSession> missing) {
    long old = nanos.getAsLong() - YOUNG.toNanos();
    List<SessionRecord> gone =
        missing.stream()
            .filter(session -> session.sinceNanos() - old < 0)
            .map(LiveSession::record)
            .toList();
    directory
        .removeAll(gone)
        .onFailure(reason -> LOG.warn("Sessions that are gone stay on record for now", reason));
  }

  private Future<Void> enqueue(PushPlan plan, Duration budget) {
    Collection<Hint> hints = plan.hints();
    return hints.isEmpty() ? Future.succeededFuture() : notify.enqueue(List.copyOf(hints), budget);
  }
}
