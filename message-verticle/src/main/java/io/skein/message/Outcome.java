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
   * @param threadSeq the message that its thread began with; 0: it is in no thread
   * @param version of a retained value: which one of its key it is; 0: it is none
   * @param duplicate whether it stood there already
   */
  record Stored(
      int seq, Instant sentAt, int membersSeq, int threadSeq, int version, boolean duplicate)
      implements Outcome {}

  /** A retained value was to follow another version than there is; the log is as it was. */
  record VersionConflict(int current) implements Outcome {}

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
    /** The sender is muted, its role is too low, or the message to be changed is another's. */
    NOT_ALLOWED,
    /** The message that it answers or changes is not there, or not any more. */
    NO_SUCH_MESSAGE,
    /** The time in which the message could be changed is over. */
    TOO_LATE,
    /** The change has been made already. */
    UNCHANGED,
    /** The message cannot be changed in this way. */
    UNSUITABLE,
    /** There are as many pins, kinds of reactions or retained values as there may be. */
    TOO_MANY,
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
