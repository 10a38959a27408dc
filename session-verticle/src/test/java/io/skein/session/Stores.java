package io.skein.session;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.PostgresConfig;
import io.skein.mesh.store.RedisConfig;
import io.skein.mesh.store.RedisStore;
import io.vertx.core.Vertx;

/** The stores as the node makes them, for tests. */
public final class Stores {
  private Stores() {}

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

  public static RedisStore redis(Vertx vertx, RedisAddress address) {
    return new RedisStore(vertx, RedisConfig.of(address.uri()));
  }
}
