package io.skein.session.directory;

import java.util.List;

/** What became of an attempt to write a session into the directory. */
sealed interface OpenOutcome {
  /**
   * It is there.
   *
   * @param losers whose records it replaced: to be closed
   * @param kept the user's other sessions, that stay
   */
  record Opened(List<SessionRecord> losers, List<SessionRecord> kept) implements OpenOutcome {}

  /** The policy prefers the sessions that are there; nothing was written. */
  record Refused(List<SessionRecord> present) implements OpenOutcome {}

  /** The device has connected again, or was revoked, meanwhile; nothing was written. */
  record Stale() implements OpenOutcome {}
}
