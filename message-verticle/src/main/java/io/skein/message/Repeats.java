package io.skein.message;

import io.skein.message.Outbox.EntryRef;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that is sent again is a sign that something went wrong the first time: whatever holds
 * it is delivered at once if that is not done yet. While the outbox is asked, the next question
 * fills. Must be used from one event loop only.
 */
final class Repeats {
  private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

  /** What is beyond waits for the sweeper. */
  private static final int MOST = 1024;

  private final Outbox outbox;
  private final Redelivery redelivery;
  private final Set<EntryRef> waiting = new LinkedHashSet<>();
  private boolean asking;

  Repeats(Outbox outbox, Redelivery redelivery) {
    this.outbox = outbox;
    this.redelivery = redelivery;
  }

  /** Entries that were found in the log when they were sent. */
  void add(Collection<EntryRef> repeated) {
    repeated.stream().limit(MOST - waiting.size()).forEach(waiting::add);
    ask();
  }

  private void ask() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    Set<EntryRef> asked = Set.copyOf(waiting);
    waiting.clear();
    Future<Void> delivered = outbox.pendingWith(asked).compose(redelivery::deliver);
    delivered.onComplete(
        done -> {
          if (done.failed()) {
            LOG.info("repeated messages wait in the outbox: {}", done.cause().toString());
          }
          asking = false;
          ask();
        });
  }
}
