package io.skein.client.transport;

/** Threads that keep no program alive. */
final class Threads {
  private Threads() {}

  static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
