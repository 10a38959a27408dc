package io.skein.client;

import java.time.Duration;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The messages to one conversation. After a refusal nothing new leaves until all that is under way
 * has been answered; then everything refused leaves again, in the order of sending. Confined to the
 * loop.
 */
final class Lane {
  final String key;
  private final TreeMap<Long, Outgoing> unsent = new TreeMap<>();
  private final TreeMap<Long, Outgoing> inFlight = new TreeMap<>();
  private boolean draining;
  private Duration pause = Duration.ZERO;

  Lane(String key) {
    this.key = key;
  }

  void add(Outgoing message) {
    unsent.put(message.index, message);
  }

  /** The next message to send, now counted as under way; null: none at the moment. */
  Outgoing next(int window) {
    if (draining || unsent.isEmpty() || inFlight.size() >= window) {
      return null;
    }
    Outgoing message = unsent.pollFirstEntry().getValue();
    inFlight.put(message.index, message);
    return message;
  }

  void settled(Outgoing message) {
    inFlight.remove(message.index);
    unsent.remove(message.index);
  }

  /** It is to be sent again, not before {@code wait} is over. */
  void refused(Outgoing message, Duration wait) {
    if (inFlight.remove(message.index) != null) {
      unsent.put(message.index, message);
    }
    draining = true;
    pause = pause.compareTo(wait) < 0 ? wait : pause;
  }

  /** Whether {@link #resume} is due once {@link #pause} is over. */
  boolean drained() {
    return draining && inFlight.isEmpty();
  }

  Duration pause() {
    return pause;
  }

  void resume() {
    draining = false;
    pause = Duration.ZERO;
  }

  /** The connection is gone: all of it leaves again with the next one. */
  void lost() {
    unsent.putAll(inFlight);
    inFlight.clear();
    resume();
  }

  boolean isEmpty() {
    return unsent.isEmpty() && inFlight.isEmpty();
  }

  Collection<Outgoing> unsent() {
    return unsent.values();
  }
}
