package io.skein.message;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the stores share: three users whom nobody else has seen, and a store. */
abstract class StoreContract {
  final String alice = unique("alice");
  final String bob = unique("bob");
  final String carol = unique("carol");

  Stores stores;
  Given given;

  abstract Stores open();

  @BeforeEach
  void takeStores() {
    stores = open();
    given = new Given(stores);
  }

  private static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
