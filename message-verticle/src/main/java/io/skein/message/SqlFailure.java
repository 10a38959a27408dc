package io.skein.message;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed statement means for those who wait for it. */
enum SqlFailure {
  /**
   * The server is down, busy, full, or gave up a conflict: the same statement may succeed later.
   */
  PASSING,
  /** A value of one row is the cause. */
  POISONED,
  /** A defect, of ours or of the server. */
  DEFECT;

  /**
   * Connection, transaction rollback, resources, lock time-out, operator intervention, I/O: the
   * first two characters of their codes (PostgreSQL documentation, appendix A).
   */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  /** A fail-over left us on a server that only reads. */
  private static final String READ_ONLY = "25006";

  private static final Set<String> POISONED_CLASSES = Set.of("22", "23");

  static SqlFailure of(Throwable failure) {
    if (!(failure instanceof PgException answer)) {
      return isDefect(failure) ? DEFECT : PASSING; // No answer: the connection broke, or was none.
    }
    String state = answer.getSqlState();
    String category = state == null || state.length() < 2 ? "" : state.substring(0, 2);
    if (PASSING_CLASSES.contains(category) || READ_ONLY.equals(state)) {
      return PASSING;
    }
    return POISONED_CLASSES.contains(category) ? POISONED : DEFECT;
  }

  /** What fails on our side of the connection, other than the connection itself. */
  private static boolean isDefect(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof ClassCastException
        || failure instanceof NullPointerException
        || failure instanceof IndexOutOfBoundsException;
  }
}
