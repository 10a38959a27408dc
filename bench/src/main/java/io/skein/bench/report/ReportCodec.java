package io.skein.bench.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.skein.protocol.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reports as JSON. {@code format} is raised when a program that reads the one before would
 * misunderstand the new one; fields may be added without that.
 */
public final class ReportCodec {
  static final int FORMAT = 1;

  private ReportCodec() {}

  public static String write(Report report) {
    return new String(JsonCodec.write(out -> write(report, out)), StandardCharsets.UTF_8) + "\n";
  }

  private static void write(Report report, JsonGenerator out) throws IOException {
    out.useDefaultPrettyPrinter();
    out.writeStartObject();
    out.writeNumberField("format", FORMAT);
    Setting setting = report.setting();
    out.writeStringField("scenario", setting.scenario());
    out.writeStringField("madeAt", setting.madeAt());
    write("load", setting.load(), out);
    write("machine", setting.machine(), out);
    write("program", setting.program(), out);
    out.writeArrayFieldStart("figures");
    for (Summary summary : report.summaries()) {
      write(summary, out);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("runs");
    for (Run run : report.runs()) {
      write(run, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(String name, Map<String, String> values, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      out.writeStringField(value.getKey(), value.getValue());
    }
    out.writeEndObject();
  }

  /** What is unknown is null. */
  private static void write(Summary summary, JsonGenerator out) throws IOException {
    Figure figure = summary.figure();
    out.writeStartObject();
    out.writeStringField("section", figure.section());
    out.writeStringField("name", figure.name());
    out.writeStringField("unit", figure.unit());
    out.writeStringField("better", figure.better().name());
    if (summary.isKnown()) {
      out.writeNumberField("median", summary.median());
      out.writeNumberField("lowest", summary.lowest());
      out.writeNumberField("highest", summary.highest());
    }
    out.writeArrayFieldStart("runs");
    for (OptionalDouble value : summary.runs()) {
      if (value.isPresent()) {
        out.writeNumber(value.getAsDouble());
      } else {
        out.writeNull();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(Run run, JsonGenerator out) throws IOException {
    out.writeStartObject();
    write("faults", run.faults(), out);
    write("notes", run.notes(), out);
    out.writeArrayFieldStart("curves");
    for (Curve curve : run.curves()) {
      out.writeStartObject();
      out.writeStringField("name", curve.name());
      out.writeArrayFieldStart("latencies");
      for (Curve.Point point : curve.latencies()) {
        out.writeStartArray();
        out.writeNumber(point.percent());
        out.writeNumber(point.millis());
        out.writeEndArray();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("perSecond");
      for (long count : curve.perSecond()) {
        out.writeNumber(count);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(String name, List<String> texts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /**
   * Reads what {@link #write} wrote, of any version so far.
   *
   * @throws IllegalArgumentException if it is no report, or of a newer format
   */
  public static Report read(String json) {
    JsonTree tree = JsonTree.parse(json);
    int format = (int) tree.at("format").number();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "it has format " + format + ", and this version reads " + FORMAT);
    }
    List<Run> runs = new ArrayList<>();
    for (JsonTree run : tree.at("runs").items()) {
      runs.add(run(run));
    }
    for (JsonTree figure : tree.at("figures").items()) {
      figure(figure, runs);
    }
    return new Report(
        new Setting(
            tree.at("scenario").text(),
            tree.at("load").texts(),
            tree.at("machine").texts(),
            tree.at("program").texts(),
            tree.at("madeAt").text()),
        List.copyOf(runs));
  }

  private static Run run(JsonTree tree) {
    Run run = new Run();
    tree.at("faults").items().forEach(fault -> run.fault(fault.text()));
    tree.at("notes").items().forEach(note -> run.note(note.text()));
    for (JsonTree curve : tree.at("curves").items()) {
      List<Curve.Point> points =
          curve.at("latencies").items().stream()
              .map(JsonTree::items)
              .map(point -> new Curve.Point(point.get(0).number(), point.get(1).number()))
              .toList();
      List<Long> perSecond =
          curve.at("perSecond").items().stream().map(count -> (long) count.number()).toList();
      run.add(new Curve(curve.at("name").text(), points, perSecond));
    }
    return run;
  }

  private static void figure(JsonTree tree, List<Run> runs) {
    Figure figure =
        new Figure(
            tree.at("section").text(),
            tree.at("name").text(),
            tree.at("unit").text(),
            Figure.Better.valueOf(tree.at("better").text()));
    List<JsonTree> values = tree.at("runs").items();
    for (int i = 0; i < Math.min(values.size(), runs.size()); i++) {
      runs.get(i)
          .add(
              figure,
              values.get(i).isNull()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(values.get(i).number()));
    }
  }
}
