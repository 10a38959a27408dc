package io.skein.client;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Signal;

/**
 * What the application hears. Called on the callback executor, one event at a time, in order; an
 * entry is confirmed to the server after {@link #onEntry} has returned.
 */
public interface ClientListener {

  default void onState(ConnectionState state) {}

  /**
   * An entry of a conversation, one's own included: strictly ascending by seq in each conversation,
   * each one once.
   */
  default void onEntry(Entry entry) {}

  /**
   * So many entries were missed that they are not fetched one by one: those after {@code afterSeq}
   * and before {@code beforeSeq} are in the history.
   */
  default void onSkipped(String conversationId, int afterSeq, int beforeSeq) {}

  /** Somebody's read or delivered mark moved. */
  default void onMark(Mark mark) {}

  /** A member told something of the moment; one that comes late is not sorted out here. */
  default void onSignal(Signal signal) {}

  /** A watched user came or went. */
  default void onPresence(Presence presence) {}

  /** A sync brought the state of a conversation. */
  default void onConversation(Conversation conversation) {}
}
