package io.skein.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on by a microsecond whenever it is read. */
final class StepClock extends Clock {
  private Instant now = Instant.parse("2026-11-01T08:00:00Z");

  @Override
  public ZoneOffset getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only used in UTC");
  }

  @Override
  public Instant instant() {
    now = now.plus(Duration.ofNanos(1000));
    return now;
  }
}
