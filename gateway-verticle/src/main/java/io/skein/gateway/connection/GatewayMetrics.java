package io.skein.gateway.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The counters of a gateway instance; those of all instances of a process add up. */
public final class GatewayMetrics {
  private final MeterRegistry registry;
  private final Counter framesIn;
  private final Counter framesOut;
  private final Counter pushes;
  private final Counter pushBytes;
  private final Counter dropped;
  private final Counter unconfirmed;
  private final Counter unwritable;
  private final Map<Integer, Counter> closes = new ConcurrentHashMap<>();
  private Gauge connections;

  public GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    framesIn = frames("in");
    framesOut = frames("out");
    pushes = counter("skein_pushes_total", "Events queued to connections");
    pushBytes = counter("skein_push_bytes_total", "Bytes of events queued to connections");
    dropped =
        counter("skein_push_dropped_total", "Transient events that a slow client did not get");
    unconfirmed =
        counter("skein_push_unconfirmed_total", "Entries that no device confirmed in time");
    unwritable =
        counter("skein_push_unwritable_total", "Events that could not be written for a client");
  }

  /** Shows how many connections an instance has, until {@link #close}. */
  public void watch(String instanceId, Supplier<Number> count) {
    connections =
        Gauge.builder("skein_connections", count)
            .description("Open connections")
            .tag("instance", instanceId)
            .register(registry);
  }

  public void close() {
    if (connections != null) {
      registry.remove(connections);
    }
  }

  void frameIn() {
    framesIn.increment();
  }

  void frameOut() {
    framesOut.increment();
  }

  void push(int bytes) {
    pushes.increment();
    pushBytes.increment(bytes);
  }

  void dropped(int frames) {
    dropped.increment(frames);
  }

  void unwritable() {
    unwritable.increment();
  }

  void unconfirmed(int entries) {
    unconfirmed.increment(entries);
  }

  void closed(int code) {
    closes.computeIfAbsent(code, this::closeCounter).increment();
  }

  private Counter frames(String direction) {
    return Counter.builder("skein_frames_total")
        .description("Frames of clients")
        .tag("direction", direction)
        .register(registry);
  }

  private Counter closeCounter(int code) {
    return Counter.builder("skein_connection_closes_total")
        .description("Connections closed by the server, by close code")
        .tag("code", Integer.toString(code))
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
