package io.skein.bench.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the parties have cost at a moment. The difference of two is what happened between. */
public final class Probe {
  private final Map<Party, OptionalDouble> cpu = new LinkedHashMap<>();
  private final double busy;
  private final long time = System.nanoTime();

  private Probe(ProcFiles proc, Parties parties) {
    List<ProcFiles.Stat> all = proc.all();
    for (Party party : parties.all()) {
      cpu.put(party, party.cpuSeconds(proc, all));
    }
    busy = proc.busyTicks() / ProcFiles.TICKS_PER_SECOND;
  }

  public static Probe now(ProcFiles proc, Parties parties) {
    return new Probe(proc, parties);
  }

  /**
   * Between two moments.
   *
   * @param cpuSeconds of each party by its name, in the usual order; empty: unknown
   * @param others CPU seconds of all else on this machine
   */
  public record Cost(double seconds, Map<String, OptionalDouble> cpuSeconds, double others) {
    /** Of all processors of this machine, in percent. */
    public double share(double cpu) {
      return 100 * cpu / (seconds * Runtime.getRuntime().availableProcessors());
    }
  }

  public Cost since(Probe before) {
    Map<String, OptionalDouble> used = new LinkedHashMap<>();
    double known = 0;
    for (Map.Entry<Party, OptionalDouble> entry : cpu.entrySet()) {
      OptionalDouble then = before.cpu.getOrDefault(entry.getKey(), OptionalDouble.empty());
      OptionalDouble now = entry.getValue();
      OptionalDouble difference =
          now.isPresent() && then.isPresent()
              ? OptionalDouble.of(Math.max(0, now.getAsDouble() - then.getAsDouble()))
              : OptionalDouble.empty();
      used.put(entry.getKey().name(), difference);
      known += difference.orElse(0);
    }
    return new Cost((time - before.time) / 1e9, used, Math.max(0, busy - before.busy - known));
  }
}
