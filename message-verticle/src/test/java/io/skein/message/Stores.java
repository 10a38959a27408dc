package io.skein.message;

import java.util.UUID;

/** The stores under test, and what a test does to them behind their back. */
interface Stores {
  EntryStore entries();

  ConversationStore conversations();

  MarkStore marks();

  Outbox outbox();

  /** Ends a membership: the user sees no entry above the present head. */
  void remove(UUID conversationId, String userId);

  /** Locks a conversation as a transaction of somebody else would, until closed. */
  Lock lock(UUID conversationId);

  /** A held lock. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
