package io.skein.session.directory;

import io.skein.protocol.internal.v1.Hint;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The durable push queue. */
@FunctionalInterface
interface Notify {
  /** Done when the hints are safe; they may be there twice. */
  Future<Void> enqueue(List<Hint> hints, Duration budget);
}
