package io.skein.gateway.connection;

import io.skein.gateway.connection.ConnectionObserver.Missed;
import io.skein.gateway.wire.Encoding;
import io.skein.gateway.wire.Frame;
import io.skein.gateway.wire.PushedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is pushed to one session: its numbers, what came too early, and what is not confirmed. */
final class SessionPushes {
  /** More than that does not come within the time of one {@code connect}. */
  private static final int MAX_EARLY = 256;

  private final Encoding encoding;
  private final GatewayMetrics metrics;
  private final Unconfirmed unconfirmed;
  private final List<Early> early = new ArrayList<>(0);
  private int last;

  SessionPushes(Encoding encoding, Surroundings around) {
    this.encoding = encoding;
    metrics = around.metrics();
    unconfirmed =
        new Unconfirmed(around.limits().maxUnconfirmed(), around.timing().ackTimeout().toNanos());
  }

  /** A push that overtook the answer that tells the session's id. */
  record Early(String sessionId, int number, PushedEvent event) {}

  /** Keeps a push until the session is open; false: there is no room. */
  boolean keepEarly(String sessionId, int number, PushedEvent event) {
    return early.size() < MAX_EARLY && early.add(new Early(sessionId, number, event));
  }

  /** Takes out what was kept. */
  List<Early> takeEarly() {
    if (early.isEmpty()) {
      return List.of();
    }
    List<Early> taken = List.copyOf(early);
    early.clear();
    return taken;
  }

  /**
   * The frame of a push, which is counted.
   *
   * @return empty: the event cannot be written for this client. It will see the gap in the numbers,
   *     or the last one in a ping's reply, and sync.
   */
  Optional<Frame> frame(int number, PushedEvent event) {
    counted(number);
    Optional<Frame> frame = encoding.push(number, event);
    frame.ifPresentOrElse(written -> metrics.push(written.size()), metrics::unwritable);
    return frame;
  }

  /** Notes the number of a push, seen or not. */
  void counted(int number) {
    if (Integer.compareUnsigned(number, last) > 0) {
      last = number;
    }
  }

  /** The highest push number known, unsigned. */
  int last() {
    return last;
  }

  /** Waits for the confirmation of an entry; answers what had to go to make room. */
  List<Missed> awaitConfirmation(PushedEvent event, long now) {
    return unconfirmed.pushed(event.conversationId(), event.seq(), now);
  }

  void confirmed(String conversationId, int seq, long now) {
    unconfirmed.confirmed(conversationId, seq, now);
  }

  /** Takes out what was not confirmed in time. */
  List<Missed> overdue(long now) {
    return unconfirmed.overdue(now);
  }

  /** Takes out all that is not confirmed. */
  List<Missed> takeUnconfirmed() {
    return unconfirmed.takeAll();
  }
}
