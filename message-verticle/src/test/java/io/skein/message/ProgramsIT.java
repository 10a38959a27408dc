package io.skein.message;

import io.skein.message.program.Program;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every program is made from a number. {@code -Dskein.property.seed=…} runs the one that a failure
 * names, {@code -Dskein.property.tries=…} says how many are run.
 */
@Label("Whatever users do, every device shows what the model says")
class ProgramsIT {
  private static ProgramService service;

  @BeforeContainer
  static void start() {
    service = new ProgramService();
  }

  @AfterContainer
  static void stop() {
    service.close();
  }

  @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void devicesShowWhatTheModelSays(@ForAll("seeds") long seed) {
    Program.of(seed).run(service);
  }

  @Provide
  Arbitrary<Long> seeds() {
    Long given = Long.getLong("skein.property.seed");
    return given == null ? Arbitraries.longs() : Arbitraries.just(given);
  }
}
