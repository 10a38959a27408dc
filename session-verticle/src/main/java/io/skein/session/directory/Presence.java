package io.skein.session.directory;

import io.skein.protocol.internal.v1.SessionChange;
import io.vertx.core.Future;
import java.util.List;

/** The presence service. */
@FunctionalInterface
interface Presence {
  /** Tells of changes. Answers those that were not acknowledged; never fails. */
  Future<List<SessionChange>> report(List<SessionChange> changes);
}
