package io.skein.message;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The outbox in memory")
class MemoryOutboxTest extends OutboxContract {
  @Override
  Stores open() {
    return MemoryStores.fresh();
  }
}
