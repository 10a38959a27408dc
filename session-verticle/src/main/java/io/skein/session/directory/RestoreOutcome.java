package io.skein.session.directory;

/**
 * What became of an attempt to write a session back. The order is that of restore.lua's answers.
 */
enum RestoreOutcome {
  /** Something newer, or a fence, is there. */
  REFUSED,
  /** It was on record. */
  PRESENT,
  /** It had been lost. */
  WRITTEN
}
