package io.skein.bench.load;

import io.skein.bench.measure.Probe;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Figure.Better;
import io.skein.bench.report.Run;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongSupplier;

/** Figures of what a run has cost. */
public final class Costs {
  private static final String PROCESSORS = "processors";
  private static final String MEMORY = "memory";
  private static final double MICROS = 1e6;
  private static final double KIB_PER_MIB = 1024;

  private Costs() {}

  /**
   * What there was a number of.
   *
   * @param what in the singular: "message"
   */
  public record Per(String what, LongSupplier count) {}

  /** CPU time, as a whole, as a share of the machine, and for each of what was done. */
  public static void add(Probe.Cost cost, List<Per> pers, Run run) {
    Map<String, OptionalDouble> all = cost.cpuSeconds();
    all.forEach(
        (party, cpu) ->
            run.add(new Figure(PROCESSORS, party + ", seconds", "s", Better.NONE), cpu));
    all.forEach(
        (party, cpu) ->
            run.add(
                new Figure(PROCESSORS, party + ", of the machine", "%", Better.NONE),
                map(cpu, used -> cost.share(used))));
    run.add(
        new Figure(PROCESSORS, "others, of the machine", "%", Better.NONE),
        cost.share(cost.others()));
    for (Per per : pers) {
      long count = per.count.getAsLong();
      if (count > 0) {
        all.forEach(
            (party, cpu) ->
                run.add(
                    new Figure(
                        PROCESSORS,
                        party + ", per " + per.what,
                        "µs",
                        party.equals("generator") ? Better.NONE : Better.LOWER),
                    map(cpu, used -> used * MICROS / count)));
      }
    }
  }

  /** How large the server is now. */
  public static void addMemory(Stage stage, Run run) {
    run.add(
        new Figure(MEMORY, "server, resident", "MiB", Better.NONE),
        map(stage.parties().server().rssKib(stage.proc()), kib -> kib / KIB_PER_MIB));
  }

  private static OptionalDouble map(OptionalDouble value, DoubleUnaryOperator to) {
    return value.isPresent()
        ? OptionalDouble.of(to.applyAsDouble(value.getAsDouble()))
        : OptionalDouble.empty();
  }
}
