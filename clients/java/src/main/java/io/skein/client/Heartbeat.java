package io.skein.client;

import java.time.Duration;

/**
 * Pings every granted interval, and notices a connection on which nothing comes back. Confined to
 * the loop.
 */
final class Heartbeat {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final Loop loop;
  private final Duration interval;
  private final Runnable ping;
  private final Runnable dead;
  private Loop.Timer next;
  private boolean heard;

  Heartbeat(Loop loop, Duration interval, Runnable ping, Runnable dead) {
    this.loop = loop;
    this.interval = interval;
    this.ping = ping;
    this.dead = dead;
  }

  void start() {
    next = loop.schedule(interval, this::beat);
  }

  /** Any frame counts as life. */
  void heard() {
    heard = true;
  }

  void stop() {
    if (next != null) {
      next.cancel();
    }
  }

  private void beat() {
    heard = false;
    ping.run();
    Duration silence = interval.compareTo(LONGEST_SILENCE) < 0 ? interval : LONGEST_SILENCE;
    next = loop.schedule(silence, () -> judge(interval.minus(silence)));
  }

  private void judge(Duration untilNext) {
    if (heard) {
      next = loop.schedule(untilNext, this::beat);
    } else {
      dead.run();
    }
  }
}
