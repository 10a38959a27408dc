package io.skein.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure over all runs.
 *
 * @param runs of each run; empty where it is unknown
 */
public record Summary(Figure figure, List<OptionalDouble> runs) {

  private List<Double> sorted() {
    return runs.stream()
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .sorted()
        .toList();
  }

  public boolean isKnown() {
    return runs.stream().anyMatch(OptionalDouble::isPresent);
  }

  /** How many runs know it. */
  int count() {
    return sorted().size();
  }

  /** The middle one of the runs; of an even number the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  public double lowest() {
    return sorted().getFirst();
  }

  public double highest() {
    return sorted().getLast();
  }

  /** From the lowest to the highest run. */
  double spread() {
    return highest() - lowest();
  }
}
