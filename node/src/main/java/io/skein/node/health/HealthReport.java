package io.skein.node.health;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An answer of {@code /health/*}, in the shape of MicroProfile Health.
 *
 * @param status UP or DOWN; DOWN if one check is
 * @param checks by name
 */
record HealthReport(String status, List<Check> checks) {
  private static final String UP = "UP";

  /**
   * One check.
   *
   * @param data what is wrong; "up" if nothing is
   */
  record Check(String name, String status, String data) {}

  /** From what was found by name: "up" is good, everything else says what is wrong. */
  static HealthReport of(Map<String, String> found) {
    List<Check> checks =
        new TreeMap<>(found)
            .entrySet().stream()
                .map(e -> new Check(e.getKey(), status(e.getValue().equals("up")), e.getValue()))
                .toList();
    return new HealthReport(
        status(checks.stream().allMatch(check -> check.status().equals(UP))), checks);
  }

  private static String status(boolean up) {
    return up ? UP : "DOWN";
  }

  boolean isUp() {
    return status.equals(UP);
  }

  /** What is not well, as in "node: starting, redis: connection refused". */
  String problems() {
    return checks.stream()
        .filter(check -> !check.status().equals(UP))
        .map(check -> check.name() + ": " + check.data())
        .collect(Collectors.joining(", "));
  }

  String json() {
    return Json.encode(this);
  }
}
