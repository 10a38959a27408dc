package io.skein.node.problem;

/** Ends a command. Its three parts are written for whoever sits at the terminal. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String why;
  private final String remedy;

  /**
   * @param what happened, as a short sentence without a full stop
   * @param why it happened; may have several lines, may be empty
   * @param remedy what to do; may be empty
   */
  public Problem(String what, String why, String remedy) {
    this(what, why, remedy, null);
  }

  public Problem(String what, String why, String remedy, Throwable cause) {
    super(what + ": " + why, cause);
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }

  public String what() {
    return what;
  }

  public String why() {
    return why;
  }

  public String remedy() {
    return remedy;
  }

  /** All parts, each on lines of its own, ending with a line end. */
  public String text() {
    var text = new StringBuilder("skein: ").append(what).append('\n');
    append(text, "why:        ", why);
    append(text, "what to do: ", remedy);
    return text.toString();
  }

  private static void append(StringBuilder text, String label, String part) {
    if (!part.isBlank()) {
      String indent = "\n" + " ".repeat(label.length() + 2);
      text.append("  ").append(label).append(part.strip().replace("\n", indent)).append('\n');
    }
  }
}
