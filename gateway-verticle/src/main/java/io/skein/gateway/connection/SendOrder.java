package io.skein.gateway.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Keeps what a client pipelines into one conversation in its order, through refusals too.
 *
 * <p>A call names the unanswered one before it, and is done only after that one. A call that was
 * refused and may be repeated keeps its place: until it is repeated, or its time is over, nothing
 * behind it is let through ("go back n"). The time need only outlast what was under way when the
 * client learnt of the refusal; from then on the client itself repeats in order.
 */
public final class SendOrder {
  /** More refused calls than that wait for nobody who means to repeat them. */
  private static final int MAX_HELD = 4_096;

  private final LongSupplier nanoTime;
  private final long holdTime;
  private final Map<String, Line> lines = new HashMap<>();
  private long lastNumber;
  private int held;

  /**
   * No calls yet.
   *
   * @param nanoTime monotonic clock, in nanoseconds
   * @param holdTime how long a refused call keeps its place
   */
  public SendOrder(LongSupplier nanoTime, Duration holdTime) {
    this.nanoTime = nanoTime;
    this.holdTime = holdTime.toNanos();
  }

  /** A call that is under way, and its place in its line. */
  public static final class Ticket {
    private final Line line;
    private final long number;
    private final String id;

    private Ticket(Line line, long number, String id) {
      this.line = line;
      this.number = number;
      this.id = id;
    }

    /** The id of the call that has to be done first; empty: none. */
    public String predecessor() {
      Map.Entry<Long, Ticket> before = line.underWay.lowerEntry(number);
      while (before != null && before.getValue().id.equals(id)) {
        before = line.underWay.lowerEntry(before.getKey());
      }
      return before == null ? "" : before.getValue().id;
    }

    /** Whether one before it was refused and waits to be repeated: then this one has to, too. */
    public boolean isBlocked() {
      return !line.held.isEmpty() && line.held.firstKey() < number;
    }
  }

  private record Held(String id, long until) {}

  /** The calls of one shard key, by the order in which they came first. */
  private static final class Line {
    private final String key;
    private final TreeMap<Long, Ticket> underWay = new TreeMap<>();
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private final Map<String, Long> places = new HashMap<>();

    private Line(String key) {
      this.key = key;
    }
  }

  /**
   * Takes a call into its line.
   *
   * @param key the shard key: calls of other keys are not ordered with it
   * @param id the call's idempotency id
   * @return empty: one before it has to be repeated first; then this one keeps its place, too
   */
  public Optional<Ticket> enter(String key, String id) {
    Line line = lines.computeIfAbsent(key, Line::new);
    releaseOverdue(line);
    if (!line.held.isEmpty() && !line.held.firstEntry().getValue().id.equals(id)) {
      hold(line, id, placeOf(line, id));
      return Optional.empty();
    }
    long number = placeOf(line, id);
    release(line, number);
    Ticket ticket = new Ticket(line, number, id);
    line.underWay.put(number, ticket);
    return Optional.of(ticket);
  }

  /** Notes a call that was refused before it could enter; it may be repeated. */
  public void refused(String key, String id) {
    Line line = lines.computeIfAbsent(key, Line::new);
    hold(line, id, placeOf(line, id));
  }

  /**
   * Takes an answered call out of its line.
   *
   * @param repeatable it was refused, and the client may repeat it
   */
  public void leave(Ticket ticket, boolean repeatable) {
    ticket.line.underWay.remove(ticket.number);
    if (repeatable) {
      hold(ticket.line, ticket.id, ticket.number);
    } else {
      forgetIfEmpty(ticket.line);
    }
  }

  /** Whether so many refused calls wait to be repeated that no more can be remembered. */
  public boolean isFull() {
    return held >= MAX_HELD;
  }

  private long placeOf(Line line, String id) {
    Long place = line.places.get(id);
    return place == null ? ++lastNumber : place;
  }

  private void hold(Line line, String id, long number) {
    if (isFull()) {
      lines.values().stream().toList().forEach(this::tidy);
    }
    if (line.held.put(number, new Held(id, nanoTime.getAsLong() + holdTime)) == null) {
      held++;
    }
    line.places.put(id, number);
    // It may have been tidied away meanwhile.
    lines.putIfAbsent(line.key, line);
  }

  private void release(Line line, long number) {
    Held released = line.held.remove(number);
    if (released != null) {
      line.places.remove(released.id);
      held--;
    }
  }

  private void tidy(Line line) {
    releaseOverdue(line);
    forgetIfEmpty(line);
  }

  private void releaseOverdue(Line line) {
    if (line.held.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    line.held.entrySet().stream()
        .filter(entry -> now - entry.getValue().until >= 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(number -> release(line, number));
  }

  private void forgetIfEmpty(Line line) {
    if (line.underWay.isEmpty() && line.held.isEmpty()) {
      lines.remove(line.key);
    }
  }
}
