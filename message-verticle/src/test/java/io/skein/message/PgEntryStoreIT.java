package io.skein.message;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The log in Postgres")
class PgEntryStoreIT extends EntryStoreContract {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  @Override
  Stores open() {
    return DATABASE.stores();
  }
}
