package io.skein.node.health;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The state of this process, for load balancers and supervisors. Thread-safe.
 *
 * <p>Live: the process answers. Started: everything is deployed. Ready: started, not draining, and
 * every check passes.
 */
public final class Health {
  private enum Phase {
    STARTING,
    RUNNING,
    DRAINING
  }

  private static final Duration TIME_OUT = Duration.ofSeconds(2);

  private final Map<String, Supplier<Future<Void>>> checks = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.STARTING;

  /** Adds a check that {@link #ready} makes each time; its failure's message is shown. */
  public void check(String name, Supplier<Future<Void>> check) {
    checks.put(name, check);
  }

  public void started() {
    phase = Phase.RUNNING;
  }

  /** Readiness fails first, so that no new work comes while the old is finished. */
  public void draining() {
    phase = Phase.DRAINING;
  }

  HealthReport live() {
    return HealthReport.of(Map.of("process", "up"));
  }

  HealthReport startedReport() {
    return HealthReport.of(Map.of("node", phase == Phase.STARTING ? "starting" : "up"));
  }

  /** Never fails; a check that does not answer in time counts as failed. */
  Future<HealthReport> ready() {
    Map<String, String> found = new ConcurrentHashMap<>();
    found.put("node", phase == Phase.RUNNING ? "up" : phase.name().toLowerCase(Locale.ROOT));
    List<Future<Void>> running = new ArrayList<>();
    checks.forEach((name, check) -> running.add(run(name, check, found)));
    return Future.join(running).transform(done -> Future.succeededFuture(HealthReport.of(found)));
  }

  /** The same for whoever asks in a process: fails with the names of what is not well. */
  public Future<Void> readiness() {
    return ready().compose(Health::asFuture);
  }

  /** Fails until everything is deployed. */
  public Future<Void> start() {
    return asFuture(startedReport());
  }

  private static Future<Void> asFuture(HealthReport report) {
    return report.isUp() ? Future.succeededFuture() : Future.failedFuture(report.problems());
  }

  private static Future<Void> run(
      String name, Supplier<Future<Void>> check, Map<String, String> found) {
    return check
        .get()
        .timeout(TIME_OUT.toMillis(), MILLISECONDS)
        .onComplete(done -> found.put(name, "up"), failure -> found.put(name, message(failure)));
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
