package io.skein.client;

import io.skein.protocol.v1.SendRequest;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a client keeps between runs. One that survives the program makes it go on where it stopped:
 * unsent messages leave, and nothing is shown twice or missed. Called on the client's own thread
 * only; calls should be quick, and what they throw is logged and otherwise ignored.
 */
public interface StateStore {

  /** The cursor of the last complete sync; empty: there was none. */
  String cursor();

  void saveCursor(String cursor);

  /** Up to where the application has been given a conversation's entries. */
  OptionalInt applied(String conversationId);

  void saveApplied(String conversationId, int seq);

  /** Messages without an answer, in the order of sending. */
  List<SendRequest> outbox();

  void addToOutbox(SendRequest message);

  void removeFromOutbox(String clientMsgId);
}
