package io.skein.notify.queue;

import java.time.Duration;

/**
 * Settings of the queue.
 *
 * @param maxLength hints in the stream; beyond it the oldest go, about
 * @param maxDelayed hints that wait for their time
 * @param maxDead dead letters that are kept, the newest
 * @param batch hints that are read, moved or claimed at once
 * @param block how long a read waits for the first hint
 * @param orphanedAfter a hint that a consumer holds for so long goes to another one; longer than
 *     any consumer works on it
 * @param maxDeliveries a hint that was handed out so often, and never settled, kills its consumers
 */
public record QueueConfig(
    int maxLength,
    int maxDelayed,
    int maxDead,
    int batch,
    Duration block,
    Duration orphanedAfter,
    int maxDeliveries) {

  /** Checks what a wrong configuration file could break. */
  public QueueConfig {
    if (maxLength < 1 || maxDelayed < 1 || maxDead < 1 || maxDeliveries < 1) {
      throw new IllegalArgumentException("bounds of the notify queue must be positive");
    }
    if (batch < 1 || batch > 1000) {
      throw new IllegalArgumentException("batch must be 1 to 1,000");
    }
    if (block.toMillis() < 1 || orphanedAfter.toMillis() < 1) {
      throw new IllegalArgumentException("times of the notify queue must be positive");
    }
  }

  /** What suits most. */
  public static QueueConfig defaults() {
    return new QueueConfig(
        1_000_000, 1_000_000, 10_000, 64, Duration.ofSeconds(2), Duration.ofSeconds(60), 10);
  }
}
