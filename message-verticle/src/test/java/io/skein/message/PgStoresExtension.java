package io.skein.message;

import io.skein.embedded.test.TestPostgres;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database with our tables for one test class. */
final class PgStoresExtension implements BeforeAllCallback, AfterAllCallback {
  private Vertx vertx;
  private PgStores stores;

  @Override
  public void beforeAll(ExtensionContext context) {
    vertx = Vertx.vertx();
    stores = new PgStores(vertx, TestPostgres.database("message"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Given.get(vertx.close());
  }

  PgStores stores() {
    return stores;
  }

  Vertx vertx() {
    return vertx;
  }
}
