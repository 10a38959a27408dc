package io.skein.message;

import io.skein.protocol.internal.v1.Delivery;
import io.vertx.core.Future;
import java.util.List;

/** The way to the sessions of users. */
@FunctionalInterface
interface Fanout {
  /**
   * Hands events to the sessions of their recipients. Deliveries handed over earlier to the same
   * recipient arrive earlier, as far as the network allows; clients repair the rest.
   *
   * @return succeeds when gateways and the push queue have all of it; after a failure, any part may
   *     have arrived, and repeating does no harm
   */
  Future<Void> deliver(List<Delivery> deliveries);
}
