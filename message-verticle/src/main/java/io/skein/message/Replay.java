package io.skein.message;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers again what has been delivered of late when the sessions' store has lost its memory:
 * notifications that waited there are gone with it. Clients drop what they have, and nobody is
 * notified twice.
 */
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  /** Rows of the outbox, of some hundred entries each. */
  private static final int MOST = 2000;

  private final SessionMemory memory;
  private final Outbox outbox;

  Replay(SessionMemory memory, Outbox outbox) {
    this.memory = memory;
    this.outbox = outbox;
  }

  /** Looks once; to be called again and again. While nobody can be asked, nothing is delivered. */
  Future<Void> check() {
    return memory
        .current()
        .compose(now -> outbox.replay(now, MOST))
        .onSuccess(
            opened -> {
              if (opened > 0) {
                LOG.warn("Redis has lost its memory: delivering {} batches again", opened);
              }
            })
        .mapEmpty();
  }
}
