package io.skein.message;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Marks in Postgres")
class PgMarkStoreIT extends MarkStoreContract {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  @Override
  Stores open() {
    return DATABASE.stores();
  }
}
