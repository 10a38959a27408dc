package io.skein.message;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The list of conversations in Postgres")
class PgConversationStoreIT extends ConversationStoreContract {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  @Override
  Stores open() {
    return DATABASE.stores();
  }
}
