package io.skein.bench.load;

/** Texts of one length that say when they were sent, or due. */
public final class Bodies {
  public static final int SHORTEST = 21;

  private final String filler;

  /**
   * Of so many bytes, all of them ASCII.
   *
   * @throws IllegalArgumentException if the time does not fit in
   */
  public Bodies(int bytes) {
    if (bytes < SHORTEST) {
      throw new IllegalArgumentException("a text has " + SHORTEST + " bytes at least");
    }
    filler = ".".repeat(bytes);
  }

  public String of(long nanoTime) {
    String time = Long.toString(nanoTime);
    return time + filler.substring(time.length());
  }

  /** The time in a text. */
  public static long timeOf(String body) {
    return Long.parseLong(body.substring(0, body.indexOf('.')));
  }
}
