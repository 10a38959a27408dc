package io.skein.message;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The log in memory")
class MemoryEntryStoreTest extends EntryStoreContract {
  @Override
  Stores open() {
    return MemoryStores.fresh();
  }
}
