package io.skein.message;

import io.skein.protocol.internal.v1.Broadcast;
import io.vertx.core.Future;
import java.util.List;

/** The way to all gateways, which know by themselves who of their users is to see what. */
@FunctionalInterface
interface Broadcaster {
  /**
   * Hands events of large conversations to every gateway. Those handed over earlier arrive earlier,
   * as far as the network allows; clients repair the rest.
   *
   * @return succeeds when all gateways have all of it; after a failure, any of them may have it,
   *     and repeating does no harm
   */
  Future<Void> broadcast(List<Broadcast> broadcasts);
}
