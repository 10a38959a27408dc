package io.skein.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** The window of time that counts, and what is recorded in it. Confined to the load's thread. */
public final class Meter {
  private final List<Series> series = new ArrayList<>();
  private final List<Series> asides = new ArrayList<>();
  private long began;
  private long ended;
  private State state = State.BEFORE;

  private enum State {
    BEFORE,
    OPEN,
    AFTER
  }

  /** Of a closed loop: counts what ends within the window. */
  public Series closed(String name) {
    return add(new Series(name, this, false));
  }

  /** Of an open loop: counts what is due within the window, however late it ends. */
  public Series open(String name) {
    return add(new Series(name, this, true));
  }

  /** Of the generator itself, by when it was due: no figure of the server. */
  public Series aside(String name) {
    Series made = new Series(name, this, true);
    asides.add(made);
    return made;
  }

  private Series add(Series made) {
    series.add(made);
    return made;
  }

  public void begin(long now) {
    began = now;
    state = State.OPEN;
  }

  public void end(long now) {
    ended = now;
    state = State.AFTER;
  }

  /** Whether this time is in the window; while it is open, its end is not known yet. */
  boolean contains(long time) {
    return state != State.BEFORE && time - began >= 0 && (state == State.OPEN || time - ended < 0);
  }

  /** Whole seconds since the window began. */
  int secondOf(long time) {
    return (int) ((time - began) / 1_000_000_000L);
  }

  public double seconds() {
    return (ended - began) / 1e9;
  }

  /** What tells of the generator itself. */
  public List<Series> asides() {
    return List.copyOf(asides);
  }

  public List<Series> series() {
    return List.copyOf(series);
  }
}
