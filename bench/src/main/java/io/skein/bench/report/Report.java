package io.skein.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All runs of one load. */
public record Report(Setting setting, List<Run> runs) {

  /** Each figure over all runs, in the order in which they came up, by section. */
  public List<Summary> summaries() {
    Map<String, List<Figure>> sections = new LinkedHashMap<>();
    for (Run run : runs) {
      for (Figure figure : run.figures().keySet()) {
        List<Figure> section =
            sections.computeIfAbsent(figure.section(), first -> new ArrayList<>());
        if (!section.contains(figure)) {
          section.add(figure);
        }
      }
    }
    return sections.values().stream().flatMap(List::stream).map(this::summary).toList();
  }

  private Summary summary(Figure figure) {
    List<OptionalDouble> values = runs.stream().map(run -> run.get(figure)).toList();
    return new Summary(figure, values);
  }

  Optional<Summary> find(String name) {
    return summaries().stream().filter(summary -> summary.figure().name().equals(name)).findFirst();
  }

  /** Whether the server kept its promises in all runs. */
  public boolean isFaultless() {
    return runs.stream().allMatch(run -> run.faults().isEmpty());
  }
}
