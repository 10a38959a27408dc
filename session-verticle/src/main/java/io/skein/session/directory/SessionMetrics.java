package io.skein.session.directory;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts sessions that came and went. */
final class SessionMetrics implements SessionChanges {
  private final Counter opened;
  private final Counter closed;

  SessionMetrics(MeterRegistry meters) {
    this.opened = meters.counter("skein_session_opened_total");
    this.closed = meters.counter("skein_session_closed_total");
  }

  @Override
  public void opened(SessionRecord session) {
    opened.increment();
  }

  @Override
  public void closed(SessionRecord session) {
    closed.increment();
  }
}
