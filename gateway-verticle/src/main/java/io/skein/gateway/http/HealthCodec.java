package io.skein.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Writes health in the form of MicroProfile Health: {@code {"status":"UP","checks":[…]}}. */
final class HealthCodec {

  private HealthCodec() {}

  /**
   * The answer of one check.
   *
   * @param problem empty: well
   */
  record Finding(String name, Optional<String> problem) {}

  static String write(List<Finding> findings) {
    JsonArray checks = new JsonArray();
    for (Finding finding : findings) {
      JsonObject check =
          new JsonObject().put("name", finding.name()).put("status", status(finding.problem()));
      finding.problem().ifPresent(why -> check.put("data", new JsonObject().put("error", why)));
      checks.add(check);
    }
    boolean up = findings.stream().allMatch(finding -> finding.problem().isEmpty());
    return new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", checks).encode();
  }

  private static String status(Optional<String> problem) {
    return problem.isEmpty() ? "UP" : "DOWN";
  }
}
