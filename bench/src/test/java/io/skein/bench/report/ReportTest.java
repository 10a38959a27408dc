package io.skein.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

@DisplayName("A report of several runs")
class ReportTest {

  @Test
  @DisplayName("has median and spread of each figure, whatever the order of the runs")
  void medians() {
    Summary odd = Reports.ofRates(20_000, 1_000, 30_000).summaries().getFirst();
    assertThat(odd.median()).isEqualTo(20_000);
    assertThat(odd.spread()).isEqualTo(29_000);
    assertThat(Reports.ofRates(4, 1, 2, 9).summaries().getFirst().median()).isEqualTo(3);
  }

  @Test
  @DisplayName("leaves out runs that do not know a figure, and says so when none does")
  void unknown() {
    Figure figure = Figure.rate("x");
    OptionalDouble unknown = OptionalDouble.empty();
    assertThat(new Summary(figure, List.of(unknown, OptionalDouble.of(7), unknown)).median())
        .isEqualTo(7);
    assertThat(text(Reports.full())).containsPattern("postgres, of the machine +% +unknown");
  }

  @Test
  @DisplayName("is a table with the faults below it")
  void table() {
    assertThat(text(Reports.full()))
        .contains("median", "lowest", "highest", "run 2: WRONG: lost <one>", "run 3: the last")
        .containsPattern("acknowledged, p50 +ms +3\\.00 +1\\.50 +4\\.50");
  }

  @Test
  @DisplayName("names no percentile beyond which there is no latency")
  void fewLatencies() {
    Run run = new Run();
    var meter = new io.skein.bench.measure.Meter();
    var series = meter.closed("x");
    meter.begin(0);
    for (int i = 0; i < 100; i++) {
      series.record(0, 1_000_000);
    }
    meter.end(1);
    run.addLatencies(series);
    assertThat(run.get(Figure.latency("x, p99"))).isPresent();
    assertThat(run.get(Figure.latency("x, p99.9"))).isEmpty();
    assertThat(run.get(Figure.latency("x, longest"))).isPresent();
  }

  @Test
  @DisplayName("as JSON is read back as it was")
  void json() {
    Report before = Reports.full();
    String json = ReportCodec.write(before);
    Report after = ReportCodec.read(json);
    assertThat(json).contains("\"format\" : 1", "\"median\" : ", "null");
    assertThat(after.setting()).isEqualTo(before.setting());
    assertThat(after.summaries()).isEqualTo(before.summaries());
    assertThat(after.runs().getFirst().curves()).isEqualTo(before.runs().getFirst().curves());
    assertThat(after.runs().get(1).faults()).isEqualTo(before.runs().get(1).faults());
    assertThat(ReportCodec.write(after)).isEqualTo(json);
  }

  @Test
  @DisplayName("of another kind or a newer format is refused with a reason")
  void refused() {
    String newer = ReportCodec.write(Reports.full()).replace("\"format\" : 1", "\"format\" : 2");
    assertThatThrownBy(() -> ReportCodec.read(newer)).hasMessageContaining("format 2");
    assertThatThrownBy(() -> ReportCodec.read("{}")).hasMessageContaining("has no format");
    assertThatThrownBy(() -> ReportCodec.read("{")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("is a page that needs nothing else, with plots that are well-formed")
  void html() throws Exception {
    String page = new HtmlReport(Reports.full()).text();
    assertThat(page)
        .contains("prefers-color-scheme: dark", "lost &lt;one&gt; &amp; &quot;two&quot;")
        .doesNotContain("<script", "<link", "src=", "url(", "NaN", "Infinity", "null");
    String[] plots = page.split("<svg");
    assertThat(plots).as("latencies, seconds, processors").hasSize(4);
    for (int i = 1; i < plots.length; i++) {
      String svg = "<svg" + plots[i].substring(0, plots[i].indexOf("</svg>") + 6);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new InputSource(new StringReader(svg)))
                  .getDocumentElement()
                  .getElementsByTagName("*")
                  .getLength())
          .isGreaterThan(5);
    }
  }

  @Test
  @DisplayName("without latencies has no plots and is a page all the same")
  void noPlots() {
    assertThat(new HtmlReport(Reports.ofRates(5)).text()).contains("5").doesNotContain("<svg");
  }

  private static String text(Report report) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TextReport(report).print(out);
    out.flush();
    return text.toString();
  }
}
