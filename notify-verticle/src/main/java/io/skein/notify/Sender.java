package io.skein.notify;

import io.skein.notify.provider.PushOutcome;
import io.skein.notify.provider.PushProvider;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what is claimed to the provider, once, and acts on how that ended. Never fails. */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final PushProvider provider;
  private final NotificationWriter writer;
  private final NotifiedStore notified;
  private final Settlement settlement;
  private final NotifyMetrics metrics;

  Sender(
      PushProvider provider,
      NotificationWriter writer,
      NotifiedStore notified,
      Settlement settlement,
      NotifyMetrics metrics) {
    this.provider = provider;
    this.writer = writer;
    this.notified = notified;
    this.settlement = settlement;
    this.metrics = metrics;
  }

  /**
   * Sends.
   *
   * @param owner of the claim, which is given back
   */
  Future<Void> send(Unread unread, String owner) {
    return attempt(unread)
        .compose(
            outcome -> {
              metrics.sent(provider.name(), word(outcome));
              return giveBack(unread, outcome, owner).compose(free -> settle(unread, outcome));
            });
  }

  private Future<PushOutcome> attempt(Unread unread) {
    return Future.future(
            (io.vertx.core.Promise<PushOutcome> promise) ->
                provider
                    .send(writer.write(unread.work().hint().getHint(), unread.badge()))
                    .onComplete(promise))
        .otherwise(defect -> new PushOutcome.Retry(Optional.empty(), defect.toString()));
  }

  /** The mark comes before the settlement: a crash in between repeats nothing. */
  private Future<Void> giveBack(Unread unread, PushOutcome outcome, String owner) {
    Topic topic = unread.work().topic();
    Future<Void> step =
        outcome instanceof PushOutcome.Delivered
            ? notified.notified(topic, unread.seq(), owner)
            : notified.release(topic, owner);
    return step.recover(
        failure -> {
          LOG.warn("The claim on {} ends by itself: {}", topic, failure.toString());
          return Future.succeededFuture();
        });
  }

  private Future<Void> settle(Unread unread, PushOutcome outcome) {
    return switch (outcome) {
      case PushOutcome.Delivered sent -> settlement.done(unread.work(), "sent");
      case PushOutcome.Retry retry -> settlement.failed(unread.work(), retry);
      case PushOutcome.Rejected no -> settlement.bury(unread.work(), no.reason());
    };
  }

  private static String word(PushOutcome outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
