package io.skein.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.skein.notify.queue.QueueSize;
import java.util.function.ToDoubleFunction;

/** What operators see of the queue; one per verticle instance. */
final class NotifyMetrics {
  private final MeterRegistry registry;
  private volatile QueueSize size = new QueueSize(0, 0, 0);

  NotifyMetrics(MeterRegistry registry) {
    this.registry = registry;
    gauge("skein.notify.queue.length", "Hints that wait or are worked on", QueueSize::length);
    gauge("skein.notify.delayed", "Hints that wait for their time", QueueSize::delayed);
    gauge("skein.notify.dead", "Dead letters", QueueSize::dead);
  }

  /** The queue is shared: each instance shows the same numbers, as it saw them last. */
  void size(QueueSize seen) {
    size = seen;
  }

  /** An attempt of a provider ended. */
  void sent(String provider, String outcome) {
    Counter.builder("skein.notify.sent")
        .description("Attempts to notify")
        .tag("provider", provider)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  /** Hints were settled without being sent. */
  void settled(String reason, int hints) {
    Counter.builder("skein.notify.settled")
        .description("Hints that needed no notification, or became dead letters")
        .tag("reason", reason)
        .register(registry)
        .increment(hints);
  }

  private void gauge(String name, String description, ToDoubleFunction<QueueSize> number) {
    Gauge.builder(name, this, metrics -> number.applyAsDouble(metrics.size))
        .description(description)
        .register(registry);
  }
}
