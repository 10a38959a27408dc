package io.skein.notify;

import io.skein.protocol.internal.v1.Badge;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** The message service. */
@FunctionalInterface
interface Badges {
  /** What is unread now; a user or conversation that is gone is left out. */
  Future<Map<Topic, Badge>> of(Collection<Topic> topics);
}
