package io.skein.bench.scenario;

/** Refuses numbers that make no sense. */
final class Checks {
  private Checks() {}

  static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", but must be " + least + " to " + most);
    }
  }
}
