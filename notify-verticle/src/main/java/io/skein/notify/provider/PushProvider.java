package io.skein.notify.provider;

import io.skein.protocol.v1.Notification;
import io.vertx.core.Future;

/**
 * A way to reach a user's devices. Called on the event loop, for several notifications at a time;
 * the same one may be handed over more than once, with the same idempotency key.
 */
public interface PushProvider {
  /** One word, for metrics and logs. */
  String name();

  /** Tries once, within the provider's time-out. Never fails: what went wrong is an outcome. */
  Future<PushOutcome> send(Notification notification);

  /** Gives back what it holds. */
  Future<Void> close();
}
