package io.skein.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.bench.report.Comparison.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A comparison of two reports")
class ComparisonTest {
  private static final Figure RATE = Figure.rate("x");
  private static final Figure LATENCY = Figure.latency("y");
  private static final Figure LIMIT = Figure.limit("z");

  @Test
  @DisplayName("sees what differs by more than the runs of either do among themselves")
  void beyondNoise() {
    assertThat(verdict(RATE, new double[] {100, 110, 105}, new double[] {90, 92, 94}))
        .isEqualTo(Verdict.WORSE);
    assertThat(verdict(RATE, new double[] {90, 92, 94}, new double[] {100, 110, 105}))
        .isEqualTo(Verdict.BETTER);
    assertThat(verdict(LATENCY, new double[] {1, 2, 1.5}, new double[] {5, 6, 5.5}))
        .isEqualTo(Verdict.WORSE);
    assertThat(verdict(LATENCY, new double[] {5, 6, 5.5}, new double[] {1, 2, 1.5}))
        .isEqualTo(Verdict.BETTER);
    assertThat(verdict(LIMIT, new double[] {1, 2, 1.5}, new double[] {5, 6, 5.5}))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  @DisplayName("takes for noise what is within the spread of one of them")
  void withinNoise() {
    assertThat(verdict(RATE, new double[] {100, 101, 102}, new double[] {80, 90, 110}))
        .isEqualTo(Verdict.SAME);
    assertThat(verdict(RATE, new double[] {80, 90, 110}, new double[] {100, 101, 102}))
        .isEqualTo(Verdict.SAME);
    assertThat(verdict(RATE, new double[] {100, 100}, new double[] {99.5, 99.5}))
        .as("less than a hundredth")
        .isEqualTo(Verdict.SAME);
  }

  @Test
  @DisplayName("does not judge a single run")
  void singleRun() {
    assertThat(verdict(RATE, new double[] {100}, new double[] {1, 1, 1})).isEqualTo(Verdict.UNSURE);
  }

  @Test
  @DisplayName("says what makes the two hard to compare")
  void differences() {
    Report before = Reports.ofRates(1, 2);
    Setting other =
        new Setting("chat", Map.of("pairs", "50"), before.setting().machine(), Map.of(), "later");
    assertThat(new Comparison(before, new Report(other, before.runs())).differences())
        .isEqualTo(List.of("pairs: 100, then 50"));
  }

  @Test
  @DisplayName("shows what is worse, and by how much")
  void printed() {
    Comparison comparison =
        new Comparison(Reports.ofRates(100, 102, 101), Reports.ofRates(50, 52, 51));
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TextComparison(comparison).print(out);
    out.flush();
    assertThat(comparison.isWorse()).isTrue();
    assertThat(text.toString())
        .containsPattern("acknowledged +/s +101 +51 +-49\\.5 % +WORSE")
        .contains("1 worse, 0 better");
  }

  private static Verdict verdict(Figure figure, double[] before, double[] after) {
    return Comparison.verdict(Reports.summary(figure, before), Reports.summary(figure, after));
  }
}
