package io.skein.message;

import java.time.Instant;

/** What became of one draft. */
sealed interface Outcome {

  /**
   * It stands in the log.
   *
   * @param seq its place, from 1
   * @param sentAt when it was first appended, in microseconds; never earlier than that of the entry
   *     before
   * @param membersSeq the version of the member list it was appended under; for a duplicate, the
   *     current one
   * @param duplicate whether it stood there already
   */
  record Stored(int seq, Instant sentAt, int membersSeq, boolean duplicate) implements Outcome {}

  /**
   * Its conversation is locked by somebody else: nothing happened, ask again and keep the order.
   */
  record Busy() implements Outcome {}

  /** It will not be appended; the log is as it was. */
  enum Refused implements Outcome {
    /** No such conversation, or the sender is no member of it: the same on purpose. */
    NOT_FOUND,
    /** Its clientMsgId already names an entry with other content. */
    CONFLICT,
    /** The message it names as its predecessor is not in the log: worth a try later. */
    OUT_OF_ORDER,
    /** The database refuses to store it. */
    INVALID,
    /** The database could not be reached, or gave up: it may or may not have been appended. */
    UNAVAILABLE,
    /** A defect of ours; the log has it. */
    INTERNAL
  }

  default boolean isBusy() {
    return this instanceof Busy;
  }
}
