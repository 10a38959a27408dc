package io.skein.message;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Marks in memory")
class MemoryMarkStoreTest extends MarkStoreContract {
  @Override
  Stores open() {
    return MemoryStores.fresh();
  }
}
