package io.skein.gateway;

import io.skein.gateway.config.Timing;
import java.time.Duration;

/** Timings for tests: patient, but for what a test sets. */
final class TestTiming {
  private Duration connectDeadline = Duration.ofSeconds(30);
  private Duration heartbeat = Duration.ofSeconds(30);
  private Duration ackTimeout = Duration.ofSeconds(30);
  private Duration tokenWarning = Duration.ofSeconds(5);
  private Duration holdTime = Duration.ofSeconds(30);
  private Duration drainSpread = Duration.ofMillis(200);
  private Duration pauseLimit = Duration.ofSeconds(20);
  private Duration countersEvery = Duration.ofSeconds(30);
  private Duration reconcileEvery = Duration.ofSeconds(60);

  TestTiming connectDeadline(Duration value) {
    connectDeadline = value;
    return this;
  }

  TestTiming heartbeat(Duration value) {
    heartbeat = value;
    return this;
  }

  TestTiming ackTimeout(Duration value) {
    ackTimeout = value;
    return this;
  }

  TestTiming tokenWarning(Duration value) {
    tokenWarning = value;
    return this;
  }

  TestTiming holdTime(Duration value) {
    holdTime = value;
    return this;
  }

  TestTiming pauseLimit(Duration value) {
    pauseLimit = value;
    return this;
  }

  TestTiming countersEvery(Duration value) {
    countersEvery = value;
    return this;
  }

  Timing build() {
    return new Timing(
        connectDeadline,
        heartbeat,
        heartbeat,
        Duration.ofMinutes(10),
        ackTimeout,
        tokenWarning,
        Duration.ofMillis(500),
        holdTime,
        drainSpread,
        Duration.ofSeconds(2),
        pauseLimit,
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        countersEvery,
        reconcileEvery);
  }
}
