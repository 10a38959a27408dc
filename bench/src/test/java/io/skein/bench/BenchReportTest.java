package io.skein.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report of several runs")
class BenchReportTest {
  private final BenchReport report = new BenchReport();

  @Test
  @DisplayName("has median and spread of each figure")
  void table() {
    threeRuns();
    assertThat(printed(false).lines().toList().get(1)).matches("messages/s +20,000 +1,000 +30,000");
  }

  @Test
  @DisplayName("compares each run with the limit that was measured in it")
  void ratios() {
    threeRuns();
    assertThat(printed(false)).containsPattern("of limit: x/s +0.50 +0.10 +0.75");
  }

  @Test
  @DisplayName("has all values as JSON")
  void json() {
    report.add("messages/s", 30);
    report.add("messages/s", 10);
    assertThat(printed(true))
        .isEqualToIgnoringNewLines("{\"messages/s\":{\"median\":30.0,\"runs\":[30.0,10.0]}}");
  }

  @Test
  @DisplayName("says nothing of limits that were not measured")
  void withoutLimit() {
    report.add("messages/s", 30);
    report.addRatio("messages/s", "limit: x/s");
    assertThat(printed(true)).doesNotContain("limit");
  }

  @Test
  @DisplayName("knows what the loopback interface allows")
  void echoes() throws Exception {
    EchoLimit.measure(Duration.ofMillis(50), report);
    assertThat(report.median(EchoLimit.FIGURE)).isPositive();
  }

  private void threeRuns() {
    run(20_000, 40_000);
    run(1_000, 10_000);
    run(30_000, 40_000);
  }

  private void run(double messages, double limit) {
    report.add("messages/s", messages);
    report.add("limit: x/s", limit);
    report.addRatio("messages/s", "limit: x/s");
  }

  private String printed(boolean asJson) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    report.print(out, asJson);
    out.flush();
    return text.toString();
  }
}
