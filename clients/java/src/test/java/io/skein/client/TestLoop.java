package io.skein.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A loop on a real thread whose timers run only when the test moves its clock. */
final class TestLoop implements Loop {
  private static final long DAY_ONE = Duration.ofDays(1).toNanos();

  private record Scheduled(long at, long order, Runnable task) {}

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread loop = new Thread(task, "test-loop");
            loop.setDaemon(true);
            return loop;
          });
  private final Queue<Scheduled> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::order));
  private long now = DAY_ONE;
  private long order;

  @Override
  public void execute(Runnable task) {
    if (!thread.isShutdown()) {
      thread.execute(task);
    }
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Scheduled timer = new Scheduled(now + delay.toNanos(), order++, task);
    timers.add(timer);
    return () -> cancel(timer);
  }

  private synchronized void cancel(Scheduled timer) {
    timers.remove(timer);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  /** Waits until everything handed to the loop so far has run. */
  void settle() {
    CompletableFuture.runAsync(() -> {}, thread).join();
  }

  /** Moves the clock, running on the loop what becomes due, each at its own time. */
  void advance(Duration by) {
    settle();
    long until = nanoTime() + by.toNanos();
    for (Scheduled due = nextDue(until); due != null; due = nextDue(until)) {
      CompletableFuture.runAsync(due.task(), thread).join();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized Scheduled nextDue(long until) {
    if (timers.isEmpty() || timers.peek().at() > until) {
      return null;
    }
    Scheduled due = timers.remove();
    now = Math.max(now, due.at());
    return due;
  }
}
