package io.skein.client;

import java.time.Duration;

/** Notices lost pushes of the current session and has a sync make up for them. On the loop. */
final class Pushes {
  /** A push that is only late comes within this time. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Loop loop;
  private final Runnable sync;
  private PushCounter counter = new PushCounter();
  private boolean checking;

  Pushes(Loop loop, Runnable sync) {
    this.loop = loop;
    this.sync = sync;
  }

  /** A new session counts from one. */
  void restart() {
    counter = new PushCounter();
    checking = false;
  }

  void received(int push) {
    counter.received(push);
    checkLater();
  }

  void sent(int lastPush) {
    counter.sent(lastPush);
    checkLater();
  }

  private void checkLater() {
    if (counter.missing() && !checking) {
      checking = true;
      PushCounter of = counter;
      loop.schedule(GRACE, () -> check(of));
    }
  }

  private void check(PushCounter of) {
    if (of != counter) {
      return;
    }
    checking = false;
    if (counter.missing()) {
      counter.settle();
      sync.run();
    }
  }
}
