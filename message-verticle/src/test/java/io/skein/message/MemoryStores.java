package io.skein.message;

import java.util.UUID;

/** The memory store in the three roles that it plays. */
record MemoryStores(MemoryStore store) implements Stores {

  static MemoryStores fresh() {
    return new MemoryStores(new MemoryStore(new StepClock()));
  }

  @Override
  public EntryStore entries() {
    return store;
  }

  @Override
  public ConversationStore conversations() {
    return store;
  }

  @Override
  public MarkStore marks() {
    return store;
  }

  @Override
  public Outbox outbox() {
    return store;
  }

  @Override
  public void remove(UUID conversationId, String userId) {
    store.remove(conversationId, userId);
  }

  @Override
  public Lock lock(UUID conversationId) {
    store.lock(conversationId);
    return () -> store.unlock(conversationId);
  }
}
