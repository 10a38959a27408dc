package io.skein.notify.queue;

/** Names in Redis; one hash tag, so one slot. */
final class QueueKeys {
  static final String QUEUE = "skein:{notify}:queue";
  static final String DELAYED = "skein:{notify}:delayed";
  static final String DEAD = "skein:{notify}:dead";
  static final String GROUP = "notify";
  static final String FIELD = "hint";

  private QueueKeys() {}
}
