package io.skein.message;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The outbox in Postgres")
class PgOutboxIT extends OutboxContract {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  @Override
  Stores open() {
    return DATABASE.stores();
  }
}
