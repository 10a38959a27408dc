package io.skein.presence;

import io.skein.embedded.PostgresAddress;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.PostgresConfig;
import io.vertx.core.Vertx;

/** The stores of a test, as the service uses them. */
public final class Stores {
  private Stores() {}

  /** A pool on a test's database. */
  public static Postgres postgres(Vertx vertx, PostgresAddress address) {
    return new Postgres(
        vertx,
        PostgresConfig.of(
            address.host(),
            address.port(),
            address.database(),
            address.user(),
            address.password()));
  }
}
