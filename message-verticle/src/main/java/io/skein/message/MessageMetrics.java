package io.skein.message;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What operators see of the log; one per verticle instance. */
final class MessageMetrics {
  private final MeterRegistry registry;
  private final DistributionSummary batchSize;
  private final Timer append;

  MessageMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.batchSize =
        DistributionSummary.builder("skein.append.batch.size")
            .description("Entries appended in one transaction")
            .register(registry);
    this.append =
        Timer.builder("skein.append")
            .description("From handing a batch to the database until it is committed")
            .publishPercentileHistogram()
            .register(registry);
  }

  Sample startAppend(int size) {
    batchSize.record(size);
    long started = System.nanoTime();
    return () -> append.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }

  /** Batches whose delivery is not acknowledged, as far as a sweep looks. */
  void outboxPending(String instance, Supplier<Number> pending) {
    gauge("skein.outbox.pending", "Committed batches not yet delivered", instance, pending);
  }

  /** Calls that wait for the database. */
  void queueDepth(String instance, Supplier<Number> depth) {
    gauge("skein.append.queue", "Calls that wait for a batch", instance, depth);
  }

  private void gauge(String name, String description, String instance, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .tag("instance", instance)
        .register(registry);
  }

  /** A running measurement. */
  @FunctionalInterface
  interface Sample {
    void stop();
  }
}
