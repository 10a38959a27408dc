package io.skein.message;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The list of conversations in memory")
class MemoryConversationStoreTest extends ConversationStoreContract {
  @Override
  Stores open() {
    return MemoryStores.fresh();
  }
}
