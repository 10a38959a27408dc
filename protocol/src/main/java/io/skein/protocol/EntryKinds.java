package io.skein.protocol;

import io.skein.protocol.v1.Entry;

/** What sort of entry it is: the number of its content field says it, also for new contents. */
public final class EntryKinds {
  private static final int FIRST_MESSAGE = 10;
  private static final int FIRST_NOTE = 20;
  private static final int FIRST_CHANGE = 30;
  private static final int FIRST_OTHER = 40;

  private EntryKinds() {}

  /** Whether it is a message, which counts as unread for the others. */
  public static boolean isMessage(Entry entry) {
    return isBetween(entry, FIRST_MESSAGE, FIRST_NOTE);
  }

  /** Whether it changes an earlier entry, and is nothing to be shown itself. */
  public static boolean isChange(Entry entry) {
    return isBetween(entry, FIRST_CHANGE, FIRST_OTHER);
  }

  private static boolean isBetween(Entry entry, int from, int to) {
    int number = entry.getContentCase().getNumber();
    return from <= number && number < to;
  }
}
