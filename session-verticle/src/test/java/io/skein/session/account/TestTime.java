package io.skein.session.account;

import io.github.bucket4j.TimeMeter;
import io.skein.session.TestClock;

/** Time for buckets that stands until it is moved. */
record TestTime(TestClock clock) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return clock.nanos();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
