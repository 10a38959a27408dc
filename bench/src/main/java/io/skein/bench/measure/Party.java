package io.skein.bench.measure;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Those whose cost is measured together.
 *
 * @param pids empty: they were not found
 * @param withChildren whether their child processes belong to them, also those that have ended
 */
public record Party(String name, List<Long> pids, boolean withChildren) {

  /** CPU seconds used since the processes began; empty: unknown. */
  OptionalDouble cpuSeconds(ProcFiles proc, List<ProcFiles.Stat> all) {
    if (pids.isEmpty()) {
      return OptionalDouble.empty();
    }
    long ticks = 0;
    for (long pid : pids) {
      var stat = proc.stat(pid);
      if (stat.isEmpty()) {
        return OptionalDouble.empty();
      }
      ticks += stat.get().ticks() + (withChildren ? stat.get().deadTicks() : 0);
    }
    if (withChildren) {
      ticks +=
          all.stream()
              .filter(stat -> pids.contains(stat.parent()))
              .mapToLong(ProcFiles.Stat::ticks)
              .sum();
    }
    return OptionalDouble.of(ticks / ProcFiles.TICKS_PER_SECOND);
  }

  /** Resident memory of the processes themselves, in KiB; empty: unknown. */
  public OptionalDouble rssKib(ProcFiles proc) {
    long sum = 0;
    for (long pid : pids) {
      sum += proc.rssKib(pid).orElse(0);
    }
    return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }
}
