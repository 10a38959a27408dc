package io.skein.bench.wire;

import io.skein.bench.LoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** The one thread of a load: whoever calls {@code drive} is it, for as long as the call takes. */
public final class LoadLoop implements AutoCloseable {
  private static final int READ_BUFFER = 256 * 1024;

  private final Selector selector;
  private final Alarm alarm;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BUFFER);
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private List<LoadConnection> toFlush = new ArrayList<>();
  private List<LoadConnection> flushing = new ArrayList<>();
  private long timersMade;

  private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(due - other.due, 0); // as nanoTime wants to be compared
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  public LoadLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    alarm = new Alarm(selector::wakeup);
  }

  SelectionKey register(SocketChannel channel, LoadConnection connection) throws IOException {
    return channel.register(selector, 0, connection);
  }

  void flushLater(LoadConnection connection) {
    toFlush.add(connection);
  }

  /** Runs it at this time of {@link System#nanoTime}, or as soon as the loop comes to it. */
  public void at(long nanoTime, Runnable task) {
    timers.add(new Timer(nanoTime, timersMade++, task));
  }

  public void after(Duration delay, Runnable task) {
    at(System.nanoTime() + delay.toNanos(), task);
  }

  /** Lets everything happen for this time. */
  public void drive(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) {
      turn(until);
    }
  }

  /**
   * Lets everything happen until this is true; false if it is not after this time.
   *
   * @param patience how long to wait for it
   */
  public boolean drive(BooleanSupplier done, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        return false;
      }
      turn(until);
    }
    return true;
  }

  /**
   * The same, for what cannot be done without.
   *
   * @throws LoadException if it does not come
   */
  public void await(String what, BooleanSupplier done, Duration patience) {
    if (!drive(done, patience)) {
      throw new LoadException(what + " took longer than " + patience.toSeconds() + " s");
    }
  }

  private void turn(long until) {
    flush();
    long next = timers.isEmpty() || timers.peek().due - until > 0 ? until : timers.peek().due;
    try {
      if (next - System.nanoTime() <= 0) {
        selector.selectNow();
      } else {
        alarm.set(next);
        selector.select();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((LoadConnection) key.attachment()).ready(buffer);
    }
    selector.selectedKeys().clear();
    while (!timers.isEmpty() && timers.peek().due - System.nanoTime() <= 0) {
      timers.poll().task.run();
    }
    flush();
  }

  private void flush() {
    List<LoadConnection> now = toFlush;
    toFlush = flushing;
    flushing = now;
    now.forEach(LoadConnection::flush);
    now.clear();
  }

  @Override
  public void close() {
    alarm.close();
    try {
      for (SelectionKey key : selector.keys()) {
        ((LoadConnection) key.attachment()).close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
