package io.skein.session.directory;

/** A session in the memory of the instance that its user hashes to. */
final class LiveSession {
  private final SessionRecord record;
  private final long sinceNanos;
  private boolean counted;
  private int lastPush;

  /**
   * @param counted whether pushes are numbered from the start: not for one whose first pushes
   *     another instance may have numbered, until its gateway says how far
   */
  LiveSession(SessionRecord record, boolean counted, long sinceNanos) {
    this.record = record;
    this.counted = counted;
    this.sinceNanos = sinceNanos;
  }

  SessionRecord record() {
    return record;
  }

  /** When this instance came to know it, on its monotonic clock. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** The number of the next push; 0: not counted. */
  int nextPush() {
    return counted ? ++lastPush : 0;
  }

  int lastPush() {
    return lastPush;
  }

  /** The gateway knows of this many pushes. */
  void countFrom(int known) {
    counted = true;
    lastPush = Math.max(lastPush, known);
  }
}
