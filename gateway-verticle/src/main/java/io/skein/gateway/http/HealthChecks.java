package io.skein.gateway.http;

import java.util.List;

/**
 * What the health paths ask.
 *
 * @param live whether the process works at all; if not, it should be restarted
 * @param ready whether it should get traffic
 * @param started whether its start is over
 */
public record HealthChecks(
    List<HealthCheck> live, List<HealthCheck> ready, List<HealthCheck> started) {

  public HealthChecks {
    live = List.copyOf(live);
    ready = List.copyOf(ready);
    started = List.copyOf(started);
  }

  /** Nothing to ask: always well. */
  public static HealthChecks none() {
    return new HealthChecks(List.of(), List.of(), List.of());
  }
}
