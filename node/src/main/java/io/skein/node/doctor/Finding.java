package io.skein.node.doctor;

import io.skein.node.problem.Problem;

/**
 * What a check found.
 *
 * @param name what was looked at
 * @param detail what is the case
 * @param remedy what to do; empty if all is well
 */
public record Finding(Mark mark, String name, String detail, String remedy) {
  /** How bad it is. */
  public enum Mark {
    GOOD("✓"),
    DOUBTFUL("!"),
    BAD("✗"),
    SKIPPED("–");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }
  }

  static Finding good(String name, String detail) {
    return new Finding(Mark.GOOD, name, detail, "");
  }

  static Finding doubtful(String name, String detail, String remedy) {
    return new Finding(Mark.DOUBTFUL, name, detail, remedy);
  }

  static Finding bad(String name, String detail, String remedy) {
    return new Finding(Mark.BAD, name, detail, remedy);
  }

  static Finding bad(String name, Problem problem) {
    return bad(name, problem.what() + ": " + problem.why(), problem.remedy());
  }

  static Finding skipped(String name, String why) {
    return new Finding(Mark.SKIPPED, name, why, "");
  }

  /** One line, and indented ones below it for what to do. */
  public String text() {
    String line = "%s %-12s %s".formatted(mark.sign, name, detail.replace("\n", "; "));
    return remedy.isEmpty() ? line : line + "\n    → " + remedy.replace("\n", "\n      ");
  }
}
